/** `POST people`: Delighted sent a survey then. Here it makes the person's own link, for the owner's mailer to send. */
import type { Context } from "hono";
import type * as z from "zod";
import { languageOf, languages } from "../../shared/languages.ts";
import { limits } from "../../shared/limits.ts";
import { mintResponseId } from "../../shared/response-id.ts";
import type { delightedPersonSchema } from "../../shared/schema/delighted.ts";
import type { SkipReason } from "../../shared/schema/invitation.ts";
import type { Properties } from "../../shared/schema/response.ts";
import { propertiesSchema } from "../../shared/schema/response.ts";
import { insertAsked } from "../db/imports.ts";
import type { StoredSurvey } from "../db/surveys.ts";
import { mustBeWhole } from "../db/surveys.ts";
import type { App } from "../env.ts";
import { recorded } from "../http/audit.ts";
import { checked } from "../http/body.ts";
import { mailingOf } from "../http/mailing.ts";
import { publicUrl } from "../http/public-url.ts";
import { invite } from "../invitations/invite.ts";
import { mustInvite } from "../invitations/must-invite.ts";
import { invalid, Problem } from "../problem.ts";
import type { DelightedPerson } from "./people.ts";
import { peopleById, personOf } from "./people.ts";

export type MadePerson = DelightedPerson & {
  /** Always null: nothing is scheduled here. */
  survey_scheduled_at: null;
  properties: Properties | null;
  /** The person's own link to the survey; null where they are not to be asked now, or `send` is false. */
  survey_url: string | null;
  unsubscribe_url: string | null;
  /** Why the person is not to be asked now. */
  not_invited: SkipReason | null;
};

/** By these Delighted worded its mails and its page. They say nothing about the person. */
const NOT_ABOUT_THE_PERSON = new Set([
  "question_product_name",
  "delighted_email_subject",
  "delighted_intro_message",
  "locale",
  "thank_you_message",
  "thank_you_link_text",
  "thank_you_link_url",
]);

export async function makePerson(
  c: Context<App>,
  survey: StoredSurvey,
  sent: z.output<typeof delightedPersonSchema>,
): Promise<MadePerson> {
  const { store, now } = c.var;
  const respondent = (sent.email ?? sent.phone_number)!;
  const properties = propertiesOf(sent, respondent);
  if (sent.last_sent_at !== undefined) await noteAsked(c, survey, respondent, sent.last_sent_at);
  if (!sent.send)
    return reply(c, survey, respondent, properties, { survey_url: null, unsubscribe_url: null, not_invited: null });
  const days = Math.min(limits.invitationDaysUsual, survey.settings.retention_days ?? limits.invitationDaysUsual);
  await mustInvite(store, survey, { expires_in_days: days }, now);
  const wish = languageOf(String(sent.properties.locale ?? ""));
  const language = languages.find((each) => each === wish);
  const { invitations, skipped } = await invite(
    store,
    recorded(c, { survey: survey.id, target: null }),
    survey,
    {
      respondents: [{ id: respondent, properties, ...(language && { language }) }],
      expires_in_days: days,
      confirm: "send",
    },
    { mailing: await mailingOf(c), host: publicUrl(c), now },
  );
  return reply(c, survey, respondent, properties, {
    survey_url: invitations[0]?.url ?? null,
    unsubscribe_url: invitations[0]?.unsubscribe_url ?? null,
    not_invited: skipped[0]?.reason ?? null,
  });
}

async function reply(
  c: Context<App>,
  survey: StoredSurvey,
  respondent: string,
  properties: Properties,
  made: Pick<MadePerson, "survey_url" | "unsubscribe_url" | "not_invited">,
): Promise<MadePerson> {
  const known = (await peopleById(c.var.store, survey.id, [respondent])).get(respondent);
  return {
    ...(known ?? personOf(respondent, properties)),
    survey_scheduled_at: null,
    properties: Object.keys(properties).length > 0 ? properties : null,
    ...made,
  };
}

/** The name, and the number of a person known by their e-mail address, are kept as properties: there is no table of people. */
function propertiesOf(sent: z.output<typeof delightedPersonSchema>, respondent: string): Properties {
  const { name, phone_number: phone } = sent;
  const about = Object.entries(sent.properties).filter(([key]) => !NOT_ABOUT_THE_PERSON.has(key));
  return checked(
    {
      ...(name !== undefined && { name }),
      ...(phone !== undefined && phone !== respondent && { phone_number: phone }),
      ...Object.fromEntries(about),
    },
    propertiesSchema,
  );
}

/** Stores when another program last asked the person, who is then left alone for as long as after an invitation of ours. */
async function noteAsked(c: Context<App>, survey: StoredSurvey, respondent: string, at: number): Promise<void> {
  if (at > c.var.now + limits.clockAheadMinutes * 60_000) throw invalid("/last_sent_at", "must not be in the future");
  mustBeWhole(survey);
  if (survey.settings.anonymous)
    throw new Problem("unsupported_combination", {
      detail: "The survey is `anonymous` and keeps nothing about a person: leave `last_sent_at` out.",
    });
  const id = mintResponseId(at, crypto.getRandomValues(new Uint8Array(10)));
  const store = recorded(c, { survey: survey.id, target: null });
  await insertAsked(store, { survey: survey.id, version: survey.version }, [
    { id, respondent_id: respondent, asked_at: at },
  ]);
}
