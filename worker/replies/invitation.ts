import type { Invitation } from "../../shared/schema/invitation.ts";
import type { StoredInvitation } from "../db/invitations.ts";

/** `url`: the link, null where the key that signed it is gone. `now` (ms since 1970) tells whether it has expired. */
export function publicInvitation(row: StoredInvitation, url: string | null, now: number): Invitation {
  const expired = row.expires_at <= now ? "expired" : "open";
  return {
    id: row.id,
    respondent: row.respondent_id,
    state: row.revoked_at !== null ? "revoked" : row.answered ? "answered" : expired,
    language: row.language,
    properties: JSON.parse(row.properties),
    url,
    created_at: new Date(row.created_at).toISOString(),
    expires_at: new Date(row.expires_at).toISOString(),
  };
}
