/** The making of signing keys. */
import type { SigningUse } from "../../shared/vocabulary.ts";
import type { StoredSigningKey } from "../db/signing-keys.ts";
import { randomText } from "./random-text.ts";

/**
 * A new key: its id is 8 characters of base64url (6 bytes, so that a link stays short), its secret 43 letters and digits
 * (256 bits) behind a prefix by which secret scanners know it. The secret's characters as they stand are the HMAC key.
 */
export function makeSigningKey(survey: string, use: SigningUse, now: number): StoredSigningKey {
  return { id: randomText(8), survey_id: survey, use, secret: `vhs_${randomText(43)}`, created_at: now };
}
