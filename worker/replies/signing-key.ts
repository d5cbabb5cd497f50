import type { SigningKey } from "../../shared/schema/signing-key.ts";
import type { SigningUse } from "../../shared/vocabulary.ts";
import type { StoredSigningKey } from "../db/signing-keys.ts";

export function publicSigningKey(key: StoredSigningKey): SigningKey {
  return { id: key.id, use: key.use as SigningUse, created_at: new Date(key.created_at).toISOString() };
}
