/**
 * A read model over invitations and responses: the people whom a survey knows, in the order in which it first met them. There is
 * no table of people. A person is met with their first invitation or response, and the id of either begins with its time.
 */
import { instantOfResponseId } from "../../shared/response-id.ts";
import { IMPORTED } from "./imports.ts";
import { statement } from "./statement.ts";
import type { Store } from "./store.ts";

/** `metAt`: ms since 1970. */
export type MetPerson = { respondent: string; metAt: number };

/** What responses and invitations say of a person. The properties are those that came last, as JSON. */
export type KnownPerson = {
  respondent: string;
  met_with_response: string | null;
  met_with_invitation: string | null;
  /** Of the latest response by its id. */
  answered_at: number | null;
  /** When they were asked by others than this collector, as far as it was told. */
  asked_at: number | null;
  properties: string | null;
  invited_properties: string | null;
};

type Met = { id: string; respondent_id: string | null; is_first: number };

const EARLIER_RESPONSE = `SELECT 1 FROM responses AS earlier INDEXED BY responses_by_respondent
  WHERE earlier.respondent_id = met.respondent_id AND earlier.survey_id = :survey AND earlier.test = 0`;
const EARLIER_INVITATION = `SELECT 1 FROM invitations AS earlier INDEXED BY invitations_by_respondent
  WHERE earlier.respondent_id = met.respondent_id AND earlier.survey_id = :survey`;
const OF_PERSON = `FROM responses INDEXED BY responses_by_respondent
  WHERE respondent_id = asked.value AND survey_id = :survey AND test = 0`;
const TO_PERSON = `FROM invitations INDEXED BY invitations_by_respondent
  WHERE respondent_id = asked.value AND survey_id = :survey`;

const sql = {
  listInvited: statement(`SELECT id, respondent_id, NOT EXISTS (${EARLIER_INVITATION} AND earlier.id < met.id)
      AND NOT EXISTS (${EARLIER_RESPONSE} AND earlier.id < met.id) AS is_first
    FROM invitations AS met WHERE survey_id = :survey AND id > :after AND id < :before ORDER BY id LIMIT :most`),
  listAnswered: statement(`SELECT id, respondent_id, test = 0 AND respondent_id IS NOT NULL
      AND NOT EXISTS (${EARLIER_INVITATION} AND earlier.id <= met.id)
      AND NOT EXISTS (${EARLIER_RESPONSE} AND earlier.id < met.id) AS is_first
    FROM responses AS met WHERE survey_id = :survey AND id > :after AND id < :before ORDER BY id LIMIT :most`),
  listKnown: statement(`SELECT value AS respondent,
      (SELECT id ${OF_PERSON} ORDER BY id LIMIT 1) AS met_with_response,
      (SELECT min(id) ${TO_PERSON}) AS met_with_invitation,
      (SELECT created_at ${OF_PERSON} ORDER BY id DESC LIMIT 1) AS answered_at,
      (SELECT created_at ${TO_PERSON} AND mailing = '${IMPORTED}') AS asked_at,
      (SELECT properties ${OF_PERSON} ORDER BY id DESC LIMIT 1) AS properties,
      (SELECT properties ${TO_PERSON} ORDER BY id DESC LIMIT 1) AS invited_properties
    FROM json_each(:respondents) AS asked`),
  revokeOpenInvitations: statement(`UPDATE invitations INDEXED BY invitations_by_respondent SET revoked_at = :now
    WHERE respondent_id = :respondent AND survey_id = :survey AND revoked_at IS NULL AND expires_at > :now
      AND NOT EXISTS (SELECT 1 FROM responses
        WHERE responses.survey_id = invitations.survey_id AND responses.id = invitations.id)`),
};

/**
 * At most `limit` people whom the survey met after the id `after` and before the id `before`. Looks at no more than `most`
 * invitations and as many responses, with three lookups for each; `next` is the id after which the next page begins, null where
 * the list ends. A page may hold fewer people than asked for, for others have answered twice or have no id.
 */
export async function listPeople(
  store: Store,
  survey: string,
  { after, before }: { after: string; before: string },
  limit: number,
  most: number,
): Promise<{ people: MetPerson[]; next: string | null }> {
  const values = { survey, after, before, most };
  const [invited, answered] = await Promise.all([
    store.all<Met>(sql.listInvited(values)),
    store.all<Met>(sql.listAnswered(values)),
  ]);
  // Where a list was cut, what comes later in the other one may not be next.
  const ends = [invited, answered].flatMap((list) => (list.length === most ? [list.at(-1)!.id] : []));
  const end = ends.sort()[0];
  const met = [...invited, ...answered]
    .filter(({ is_first, id }) => is_first === 1 && (end === undefined || id <= end))
    .sort((a, b) => (a.id < b.id ? -1 : 1));
  const people = met
    .slice(0, limit)
    .map(({ id, respondent_id }) => ({ respondent: respondent_id!, metAt: instantOfResponseId(id) }));
  return { people, next: met.length > limit ? met[limit - 1]!.id : (end ?? null) };
}

/** What is known of each of these people, in their order; also of those whom the survey does not know. */
export async function listKnown(store: Store, survey: string, respondents: readonly string[]): Promise<KnownPerson[]> {
  if (respondents.length === 0) return [];
  return store.all<KnownPerson>(sql.listKnown({ survey, respondents: JSON.stringify(respondents) }));
}

/** Revokes the person's invitations to the survey that are open and not answered. Idempotent. */
export async function revokeOpenInvitations(
  store: Store,
  survey: string,
  respondent: string,
  now: number,
): Promise<void> {
  await store.all(sql.revokeOpenInvitations({ survey, respondent, now }));
}
