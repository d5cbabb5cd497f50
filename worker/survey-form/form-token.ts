/**
 * What a page's form carries so that its POST can be believed: a fresh response id, whose first part is the time at which the
 * page was made, and our signature over it. Sent twice it is one response; sent at once it shows a machine.
 */
import { limits } from "../../shared/limits.ts";
import { instantOfResponseId, mintResponseId } from "../../shared/response-id.ts";
import { responseIdSchema } from "../../shared/schema/response.ts";
import { base64url, fromBase64url } from "../crypto/base64url.ts";
import { hmac, sameBytes } from "../crypto/hmac.ts";
import { findSigningKey } from "../db/signing-keys.ts";
import type { Store } from "../db/store.ts";
import { Problem } from "../problem.ts";

export type Stamp = { id: string; madeAt: number };

const SIGNATURE_BYTES = 16;

export async function makeStamp(store: Store, survey: string, now: number): Promise<string> {
  const id = mintResponseId(now, crypto.getRandomValues(new Uint8Array(10)));
  return `${id}.${base64url(await signature(store, survey, id))}`;
}

/** The stamp of an answer that is being changed, while it is one; else a new one. */
export async function keepStamp(store: Store, survey: string, text: string | null, now: number): Promise<string> {
  if (text !== null && (await readStamp(store, survey, text, now))) return text;
  return makeStamp(store, survey, now);
}

/**
 * The stamp, or null when it is not ours, not of this survey, or older than a browser's id may be: a response that retention
 * has deleted must not be made again.
 */
export async function readStamp(store: Store, survey: string, text: string, now: number): Promise<Stamp | null> {
  const [id = "", given = ""] = text.split(".");
  const bytes = fromBase64url(given);
  if (!bytes || !responseIdSchema.safeParse(id).success) return null;
  if (!sameBytes(bytes, await signature(store, survey, id))) return null;
  const madeAt = instantOfResponseId(id);
  return now - madeAt <= limits.clockBackDays * 86_400_000 ? { id, madeAt } : null;
}

async function signature(store: Store, survey: string, id: string): Promise<Uint8Array> {
  return (await hmac(await pagesSecret(store), `page.v1.${survey} ${id}`)).subarray(0, SIGNATURE_BYTES);
}

/** Made once by a migration and never changed, so one isolate asks for it once. */
let secret: string | undefined;
async function pagesSecret(store: Store): Promise<string> {
  secret ??= (await findSigningKey(store, "pages000"))?.secret;
  if (secret === undefined) throw new Problem("not_ready");
  return secret;
}
