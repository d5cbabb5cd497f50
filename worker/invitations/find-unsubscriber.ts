/** Finds the person for whom an unsubscribe link was made. */
import type { Store } from "../db/store.ts";
import type { StoredSurvey } from "../db/surveys.ts";
import { findSurvey } from "../db/surveys.ts";
import { findInvited } from "./find-by-token.ts";
import { readUnsubscribe } from "./unsubscribe-token.ts";

/** `survey`: the one that the mail was about, null once it was deleted. */
export type Unsubscriber = {
  respondent: string;
  survey: StoredSurvey | null;
  invitation: { language: string | null };
};

/**
 * The person for whom the link was made; null for a token that we did not make. In older mails the unsubscribe link has the
 * token of the answer's link, which works while its key, survey and invitation exist.
 */
export async function findUnsubscriber(store: Store, token: string): Promise<Unsubscriber | null> {
  const claims = await readUnsubscribe(store, token);
  if (claims) {
    const { respondent, language } = claims;
    return { respondent, invitation: { language }, survey: await findSurvey(store, claims.survey) };
  }
  const found = await findInvited(store, token);
  if (!found) return null;
  const { survey, invitation } = found;
  return { respondent: invitation.respondent_id, invitation, survey };
}
