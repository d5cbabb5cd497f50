/**
 * The token of a page's form, its field `stamp`: a mark, which begins with the time at which the page was made, and our signature
 * of the mark. A form that is sent twice makes one response, and the time shows a form that was sent too fast for a person. On
 * the open page the token is also the right to change that one answer, so it is in the form and never in an address. The id of
 * the response, which every list shows, is derived from the mark, and the mark cannot be computed from it.
 */

import { limits } from "../../shared/limits.ts";
import { instantOfResponseId, mintResponseId } from "../../shared/response-id.ts";
import { responseIdSchema } from "../../shared/schema/response.ts";
import { DAY_MS } from "../../shared/time/calendar.ts";
import { base64url, fromBase64url } from "../crypto/base64url.ts";
import { hmac, sameBytes } from "../crypto/hmac.ts";
import { findSigningKey } from "../db/signing-keys.ts";
import type { Store } from "../db/store.ts";
import { Problem } from "../problem.ts";

/** The page for which a stamp is valid: the open page of a survey, or the page of one invitation. */
export type StampedPage = { survey: string; invitation?: string };

export type Stamp = {
  /** The id of the response that an answer on the open page makes. */
  id: string;
  madeAt: number;
  /** False for a stamp of an older version, which put stamps into addresses: anybody who has the address has the stamp. */
  mayAmend: boolean;
};

const SIGNATURE_BYTES = 16;

export async function makeStamp(store: Store, page: StampedPage, now: number): Promise<string> {
  const mark = mintResponseId(now, crypto.getRandomValues(new Uint8Array(10)));
  return `${mark}.${base64url(await signature(store, page, mark))}`;
}

/** The stamp that the form had, if the answer may still be changed with it; else a new stamp. */
export async function keepStamp(store: Store, page: StampedPage, text: string | null, now: number): Promise<string> {
  if (text !== null && (await readStamp(store, page, text, now))?.mayAmend) return text;
  return makeStamp(store, page, now);
}

/**
 * The stamp; null if we did not make it, if it is of another page, or if it is older than a browser's id may be, so that a
 * response which retention has deleted is not made again.
 */
export async function readStamp(store: Store, page: StampedPage, text: string, now: number): Promise<Stamp | null> {
  const [mark = "", given = ""] = text.split(".");
  const bytes = fromBase64url(given);
  if (!bytes || !responseIdSchema.safeParse(mark).success) return null;
  const madeAt = instantOfResponseId(mark);
  if (now - madeAt > limits.clockBackDays * DAY_MS) return null;
  if (sameBytes(bytes, await signature(store, page, mark)))
    return { id: await answerId(store, page, mark), madeAt, mayAmend: true };
  if (sameBytes(bytes, await earlierSignature(store, page, mark))) return { id: mark, madeAt, mayAmend: false };
  return null;
}

async function signature(store: Store, { survey, invitation = "" }: StampedPage, mark: string): Promise<Uint8Array> {
  return cut(await hmac(await pagesSecret(store), `page.v2.${survey} ${invitation} ${mark}`));
}

/** The signature on a page that was made by an older version and was open while this version was deployed. */
async function earlierSignature(store: Store, { survey }: StampedPage, mark: string): Promise<Uint8Array> {
  return cut(await hmac(await pagesSecret(store), `page.v1.${survey} ${mark}`));
}

function cut(signature: Uint8Array): Uint8Array {
  return signature.subarray(0, SIGNATURE_BYTES);
}

/** A UUIDv7 of the same time, whose other bits only this collector can compute from the mark. */
async function answerId(store: Store, { survey }: StampedPage, mark: string): Promise<string> {
  const bytes = await hmac(await pagesSecret(store), `answer.v2.${survey} ${mark}`);
  return mintResponseId(instantOfResponseId(mark), bytes.subarray(0, 10));
}

/**
 * The id of an answer that a tablet sends under `mark`, with the time `at` in it. `mark` cannot be computed from the id, which
 * every list shows, and no mark leads to the id of an answer that another page made.
 */
export async function kioskAnswerId(store: Store, survey: string, mark: string, at: number): Promise<string> {
  const bytes = await hmac(await pagesSecret(store), `kiosk.v1.${survey} ${mark}`);
  return mintResponseId(at, bytes.subarray(0, 10));
}

/** A migration made the secret and nothing changes it, so that each isolate reads it once. */
let secret: string | undefined;
async function pagesSecret(store: Store): Promise<string> {
  secret ??= (await findSigningKey(store, "pages000"))?.secret;
  if (secret === undefined) throw new Problem("not_ready");
  return secret;
}
