import type { ApiKey } from "../../shared/schema/key.ts";
import type { StoredKey } from "../db/keys.ts";

export function publicKey(key: StoredKey): ApiKey {
  return {
    id: key.id,
    name: key.name,
    scope: key.scope,
    survey: key.survey_id,
    created_at: new Date(key.created_at).toISOString(),
    expires_at: key.expires_at === null ? null : new Date(key.expires_at).toISOString(),
    made_by: key.made_by,
  };
}
