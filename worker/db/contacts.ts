/** A read model over responses, invitations and unsubscribes: when a respondent last answered a survey or was invited to it. */
import { statement } from "./statement.ts";
import type { Store } from "./store.ts";

/** Instants, or null for never. */
export type Contact = {
  respondent: string;
  answered_at: number | null;
  invited_at: number | null;
  unsubscribed: number;
};

/**
 * Only answers of a proven respondent count, or a stranger could keep a customer from being asked. Only the newest hundred
 * answers are looked at, so that a stranger cannot make the query slow either. The indexes are named because the planner
 * would walk the whole survey instead.
 */
const sql = {
  listContacts: statement(`SELECT asked.value ->> 'respondent' AS respondent,
      (SELECT max(created_at) FROM (
        SELECT created_at, respondent_verified FROM responses INDEXED BY responses_by_respondent
        WHERE respondent_id = asked.value ->> 'respondent' AND survey_id = :survey AND test = 0 ORDER BY id DESC LIMIT 100
      ) WHERE respondent_verified = 1) AS answered_at,
      (SELECT max(created_at) FROM invitations INDEXED BY invitations_by_respondent
        WHERE respondent_id = asked.value ->> 'respondent' AND survey_id = :survey) AS invited_at,
      EXISTS (SELECT 1 FROM unsubscribes
        WHERE survey_id IN ('', :survey) AND respondent_id = asked.value ->> 'respondent')
      OR EXISTS (SELECT 1 FROM unnamed_unsubscribes
        WHERE respondent_hash = asked.value ->> 'hash' AND survey_id IN ('', :survey)) AS unsubscribed
    FROM json_each(:asked) AS asked`),
  listLastContacts: statement(`WITH RECURSIVE answered (respondent, survey) AS (
      SELECT value, (SELECT min(survey_id) FROM responses INDEXED BY responses_by_respondent WHERE respondent_id = value)
      FROM json_each(:respondents)
      UNION ALL
      SELECT respondent, (SELECT min(survey_id) FROM responses INDEXED BY responses_by_respondent
        WHERE respondent_id = respondent AND survey_id > survey)
      FROM answered WHERE survey IS NOT NULL
    )
    SELECT respondent, max(at) AS at FROM (
      SELECT respondent, (SELECT max(created_at) FROM (
          SELECT created_at, respondent_verified FROM responses INDEXED BY responses_by_respondent
          WHERE respondent_id = respondent AND survey_id = survey AND test = 0 ORDER BY id DESC LIMIT 100
        ) WHERE respondent_verified = 1) AS at
      FROM answered WHERE survey IS NOT NULL
      UNION ALL
      SELECT value, (SELECT max(created_at) FROM invitations INDEXED BY invitations_by_respondent
        WHERE respondent_id = value) FROM json_each(:respondents)
    ) GROUP BY respondent`),
};

/** A respondent, and the keyed hash under which an unsubscribe may be stored; null where no unsubscribe is stored by hash. */
export type Asked = { respondent: string; hash: string | null };

/** One contact for each respondent, in their order. */
export async function listContacts(store: Store, survey: string, asked: readonly Asked[]): Promise<Contact[]> {
  return store.all<Contact>(sql.listContacts({ survey, asked: JSON.stringify(asked) }));
}

/**
 * When any survey of this collector last heard from or invited each respondent, by respondent; nothing of those whom none did.
 * Walks from one survey that the person has answered to the next, so that the surveys that they have not cost no row.
 */
export async function listLastContacts(store: Store, respondents: readonly string[]): Promise<Map<string, number>> {
  type Row = { respondent: string; at: number | null };
  const rows = await store.all<Row>(sql.listLastContacts({ respondents: JSON.stringify(respondents) }));
  return new Map(rows.flatMap(({ respondent, at }) => (at === null ? [] : [[respondent, at] as const])));
}
