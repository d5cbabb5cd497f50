import { makeSigningKey } from "../crypto/signing-key.ts";
import type { StoredSigningKey } from "../db/signing-keys.ts";
import { findNewestSigningKey, insertFirstSigningKey } from "../db/signing-keys.ts";
import type { Store } from "../db/store.ts";
import { Problem } from "../problem.ts";

/** The key that signs the survey's links now; calls at once make one. */
export async function linkKey(store: Store, survey: string, now: number): Promise<StoredSigningKey> {
  const key = await findNewestSigningKey(store, survey, "links");
  if (key) return key;
  await insertFirstSigningKey(store, makeSigningKey(survey, "links", now));
  const first = await findNewestSigningKey(store, survey, "links");
  // Deleted between the two: the call may be sent again.
  if (!first) throw new Problem("overloaded");
  return first;
}
