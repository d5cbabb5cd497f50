/** Finds the invitation behind the token in a link, and says whether it can be answered. */
import type { StoredInvitation } from "../db/invitations.ts";
import { findInvitation } from "../db/invitations.ts";
import { findSigningKey } from "../db/signing-keys.ts";
import type { Store } from "../db/store.ts";
import type { StoredSurvey } from "../db/surveys.ts";
import { findSurvey } from "../db/surveys.ts";
import type { PageRefusal } from "../pages/message-page.ts";
import { isSignedLink, readLink } from "./link-token.ts";

export type Invited = { survey: StoredSurvey; invitation: StoredInvitation };

/** The invitation, valid or not, and its survey; null for a token that we did not sign or whose key was deleted. */
export async function findInvited(store: Store, token: string): Promise<Invited | null> {
  const claims = readLink(token);
  const key = claims && (await findSigningKey(store, claims.keyId));
  if (key?.use !== "links" || !(await isSignedLink(token, key.secret))) return null;
  const [survey, invitation] = await Promise.all([
    findSurvey(store, key.survey_id),
    findInvitation(store, key.survey_id, claims?.invitation ?? ""),
  ]);
  return survey && invitation && { survey, invitation };
}

/** Why the invitation can no longer be answered; null if it can. */
export function whyNot({ revoked_at, expires_at }: StoredInvitation, now: number): PageRefusal | null {
  if (revoked_at !== null) return "revoked";
  return expires_at <= now ? "expired" : null;
}
