/**
 * What a page's form carries so that its POST can be believed: a mark whose first part is the time at which the page was
 * made, and our signature over it. Sent twice it is one response; sent at once it shows a machine. On the open page the
 * stamp is also the right to change that one answer, so it stands in the form and never in an address; the response's id,
 * which every list shows, is derived from it and leads back to nothing.
 */

import { DAY_MS } from "../../shared/calendar.ts";
import { limits } from "../../shared/limits.ts";
import { instantOfResponseId, mintResponseId } from "../../shared/response-id.ts";
import { responseIdSchema } from "../../shared/schema/response.ts";
import { base64url, fromBase64url } from "../crypto/base64url.ts";
import { hmac, sameBytes } from "../crypto/hmac.ts";
import { findSigningKey } from "../db/signing-keys.ts";
import type { Store } from "../db/store.ts";
import { Problem } from "../problem.ts";

/** The page that a stamp is good for: a survey's open page, or that of one invitation. */
export type StampedPage = { survey: string; invitation?: string };

export type Stamp = {
  /** The response that an answer on the open page makes. */
  id: string;
  madeAt: number;
  /** False for a stamp of before such stamps were kept out of addresses: whoever copied the address has it too. */
  mayAmend: boolean;
};

const SIGNATURE_BYTES = 16;

export async function makeStamp(store: Store, page: StampedPage, now: number): Promise<string> {
  const mark = mintResponseId(now, crypto.getRandomValues(new Uint8Array(10)));
  return `${mark}.${base64url(await signature(store, page, mark))}`;
}

/** The stamp of an answer that is being changed, while it may be; else a new one. */
export async function keepStamp(store: Store, page: StampedPage, text: string | null, now: number): Promise<string> {
  if (text !== null && (await readStamp(store, page, text, now))?.mayAmend) return text;
  return makeStamp(store, page, now);
}

/**
 * The stamp, or null when it is not ours, not of this page, or older than a browser's id may be: a response that retention
 * has deleted must not be made again.
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

/** Of a page that was open while this version was deployed. */
async function earlierSignature(store: Store, { survey }: StampedPage, mark: string): Promise<Uint8Array> {
  return cut(await hmac(await pagesSecret(store), `page.v1.${survey} ${mark}`));
}

function cut(signature: Uint8Array): Uint8Array {
  return signature.subarray(0, SIGNATURE_BYTES);
}

/** A UUIDv7 of the same time, whose other bits only this collector can tell from the mark. */
async function answerId(store: Store, { survey }: StampedPage, mark: string): Promise<string> {
  const bytes = await hmac(await pagesSecret(store), `answer.v2.${survey} ${mark}`);
  return mintResponseId(instantOfResponseId(mark), bytes.subarray(0, 10));
}

/** Made once by a migration and never changed, so one isolate asks for it once. */
let secret: string | undefined;
async function pagesSecret(store: Store): Promise<string> {
  secret ??= (await findSigningKey(store, "pages000"))?.secret;
  if (secret === undefined) throw new Problem("not_ready");
  return secret;
}
