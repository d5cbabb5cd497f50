/** People as Delighted shows them. A person's id is the respondent's id: their e-mail address, their phone number or any other. */
import { isRecord } from "../../shared/is-record.ts";
import { instantOfResponseId } from "../../shared/response-id.ts";
import type { KnownPerson } from "../db/people.ts";
import { listKnown } from "../db/people.ts";
import type { Store } from "../db/store.ts";
import { unixTime } from "./unix-time.ts";

export type DelightedPerson = {
  id: string;
  name: string | null;
  email: string | null;
  phone_number: string | null;
  created_at: number | null;
  /** As far as the collector was told: it makes links itself and sends nothing. */
  last_sent_at: number | null;
  last_responded_at: number | null;
  next_survey_scheduled_at: null;
};

/** Those of these people whom the survey knows, by id. One query; for each person four rows and two for each of their invitations. */
export async function peopleById(
  store: Store,
  survey: string,
  respondents: readonly string[],
): Promise<Map<string, DelightedPerson>> {
  const known = await listKnown(store, survey, [...new Set(respondents)]);
  const met = known.filter((each) => each.met_with_response !== null || each.met_with_invitation !== null);
  return new Map(met.map((each) => [each.respondent, shown(each)]));
}

function shown(person: KnownPerson): DelightedPerson {
  const ids = [person.met_with_response, person.met_with_invitation].filter((id) => id !== null).sort();
  const said = { ...propertiesIn(person.invited_properties), ...propertiesIn(person.properties) };
  return {
    ...personOf(person.respondent, said),
    created_at: ids[0] === undefined ? null : unixTime(instantOfResponseId(ids[0])),
    last_sent_at: person.asked_at === null ? null : unixTime(person.asked_at),
    last_responded_at: person.answered_at === null ? null : unixTime(person.answered_at),
  };
}

/** A person of whom nothing but the id and some properties is known. */
export function personOf(respondent: string, properties: Record<string, unknown> = {}): DelightedPerson {
  const isEmail = respondent.includes("@");
  const isPhone = /^\+\d+$/.test(respondent);
  return {
    id: respondent,
    name: textIn(properties.name),
    email: isEmail ? respondent : null,
    phone_number: isPhone ? respondent : textIn(properties.phone_number),
    created_at: null,
    last_sent_at: null,
    last_responded_at: null,
    next_survey_scheduled_at: null,
  };
}

/** The respondent's id in an address: `email:…`, `phone_number:…` or the id alone. */
export function respondentIn(identifier: string): string {
  return identifier.replace(/^(?:email|phone_number):/, "");
}

function propertiesIn(json: string | null): Record<string, unknown> {
  const value: unknown = json === null ? {} : JSON.parse(json);
  return isRecord(value) ? value : {};
}

function textIn(value: unknown): string | null {
  return typeof value === "string" && value !== "" ? value : null;
}
