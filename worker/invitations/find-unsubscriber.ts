/** From the token in an unsubscribe link to whom it is for. */
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
 * Whom the link is for; null for a token that we did not make. Mails of before unsubscribe links had tokens of their own
 * carry that of the answer's link, which is good while its key, survey and invitation are there.
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
