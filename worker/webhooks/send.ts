/** One attempt to deliver a message by HTTP, and what came of it. */
import type { DeliveryFailure } from "../../shared/vocabulary.ts";
import type { Mailer } from "../mail/mail.ts";
import type { NoMailer } from "../mail/settings.ts";
import { isPublicAddress, isRefused, targetOf } from "./address.ts";
import type { WrittenMessage } from "./message.ts";
import { addressesOf } from "./resolve.ts";

/**
 * What sending needs of its surroundings. `loopback`: whether this machine itself may be asked. Whoever has sent closes the mailer, if
 * there is one.
 */
export type Sending = {
  fetch: typeof globalThis.fetch;
  clock: () => number;
  loopback: boolean;
  timeoutMs: number;
  mailer: Mailer | NoMailer;
};

/** `retryAfterMs`: when the receiver asked to be tried again. `answer`: the beginning of what it said. */
export type Attempt = {
  failure: DeliveryFailure | null;
  status: number | null;
  /** The failure in words, a whole sentence; "" where there was none. */
  detail: string;
  retryAfterMs: number | null;
  answer: string;
  /** Whether another attempt would fare no better. */
  isFinal?: boolean;
};

/** `characters`: how many of the receiver's answer the attempt shall have. */
export type Sender = (written: WrittenMessage, sending: Sending, characters: number) => Promise<Attempt>;

const SECOND_MS = 1000;

/**
 * Sends the message, follows no redirect, and takes 2xx for delivered. It never throws. It gives the beginning of the answer, so many
 * `characters` of it, whatever its length; where that is 0 it does not read the answer at all.
 */
export async function send(
  { url, headers, body }: WrittenMessage,
  { fetch, loopback, timeoutMs }: Sending,
  characters: number,
): Promise<Attempt> {
  const target = targetOf(url, loopback);
  if (isRefused(target)) return failed("refused_address", `The address ${target.refused}.`);
  const faulty = target.name === null ? null : await nameFault(fetch, target.name);
  if (faulty) return faulty;
  const signal = AbortSignal.timeout(timeoutMs);
  try {
    const reply = await fetch(target.url.href, {
      method: "POST",
      headers: { "User-Agent": "Vidhuk-Webhooks/1", ...headers },
      body,
      redirect: "manual",
      signal,
    });
    const answer = characters > 0 ? await beginningOf(reply, characters) : "";
    if (characters === 0) reply.body?.cancel().catch(() => {});
    return { ...judged(reply), answer };
  } catch {
    if (signal.aborted)
      return failed("timeout", `The receiver did not answer within ${timeoutMs / SECOND_MS} seconds.`);
    return failed(
      "not_reached",
      "The receiver could not be reached, or it broke the connection off before it answered.",
    );
  }
}

/** Why nothing may go to the name; null if all its addresses are of the public internet. */
export async function nameFault(fetch: typeof globalThis.fetch, name: string): Promise<Attempt | null> {
  const addresses = await addressesOf(fetch, name);
  if (addresses === null) return failed("name_unresolved", "No service could say which addresses the name has.");
  if (addresses.length === 0) return failed("name_unresolved", "The name has no address.");
  if (addresses.every(isPublicAddress)) return null;
  return failed("refused_address", "The name leads to an address that is not of the public internet.");
}

function judged({ status, ok, headers }: Response): Omit<Attempt, "answer"> {
  const { answer: _, ...attempt } = failed("status", `The receiver answered ${status}.`, status);
  if (ok) return { ...attempt, failure: null, detail: "" };
  if (status >= 300 && status < 400)
    return {
      ...attempt,
      failure: "redirect",
      detail: `The receiver answered ${status}, a redirect, which is not followed.`,
    };
  if (status === 410)
    return { ...attempt, failure: "gone", detail: "The receiver answered 410 Gone: it wants no more messages." };
  return { ...attempt, retryAfterMs: secondsOf(headers.get("Retry-After")) };
}

function secondsOf(retryAfter: string | null): number | null {
  return retryAfter && /^\d{1,7}$/.test(retryAfter) ? Number(retryAfter) * SECOND_MS : null;
}

function failed(failure: DeliveryFailure, detail: string, status: number | null = null): Attempt {
  return { failure, status, detail, retryAfterMs: null, answer: "" };
}

/** The beginning of the answer as text. What comes after it is not read; an answer that breaks off is shown as far as it came. */
async function beginningOf(reply: Response, characters: number): Promise<string> {
  const reader: ReadableStreamDefaultReader<Uint8Array> | undefined = reply.body?.getReader();
  const decoder = new TextDecoder();
  let text = "";
  try {
    while (reader && text.length < characters) {
      const { done, value } = await reader.read();
      if (done) break;
      text += decoder.decode(value, { stream: true });
    }
  } catch {
    // The answer's status has come, which is what counts.
  }
  reader?.cancel().catch(() => {});
  return [...text].slice(0, characters).join("");
}
