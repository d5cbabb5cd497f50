/** A read model over responses, invitations and unsubscribes: when a respondent and a survey last had to do with each other. */
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
 * Only proven answers count, or a stranger could keep a customer from being asked. The newest hundred are looked at, so
 * that he cannot make it slow either. The indexes are named because the planner would walk the survey instead.
 */
const sql = {
  listContacts: statement(`SELECT asked.value AS respondent,
      (SELECT max(created_at) FROM (
        SELECT created_at, respondent_verified FROM responses INDEXED BY responses_by_respondent
        WHERE respondent_id = asked.value AND survey_id = :survey AND test = 0 ORDER BY id DESC LIMIT 100
      ) WHERE respondent_verified = 1) AS answered_at,
      (SELECT max(created_at) FROM invitations INDEXED BY invitations_by_respondent
        WHERE respondent_id = asked.value AND survey_id = :survey) AS invited_at,
      EXISTS (SELECT 1 FROM unsubscribes
        WHERE survey_id IN ('', :survey) AND respondent_id = asked.value) AS unsubscribed
    FROM json_each(:respondents) AS asked`),
};

/** One contact for each respondent, in their order. */
export async function listContacts(store: Store, survey: string, respondents: readonly string[]): Promise<Contact[]> {
  return store.all<Contact>(sql.listContacts({ survey, respondents: JSON.stringify(respondents) }));
}
