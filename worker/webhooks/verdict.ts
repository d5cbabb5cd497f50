/** What a service made of a message, by its own answer: several answer 200 and refuse. */
import { plainLine } from "./plain.ts";
import type { Attempt, Sender } from "./send.ts";
import { send } from "./send.ts";

/** The answer of a service; `json` is undefined where it is none. */
export type Answer = { status: number; text: string; json: unknown };

/** `refusal`: why the message was refused, in the service's words; null where it was taken. */
export type Verdict = { refusal: string | null; retryAfterMs?: number | null };

export type Judge = (answer: Answer) => Verdict;

/** How many characters of an answer are read to judge it: services repeat the message in it, each character as `\u0441`. */
const READ = 65_536;
/** How many characters of a refusal are told: an answer of another server may be a whole page. */
const TOLD = 300;
const SECOND_MS = 1000;

/** Sends by HTTP, and has `judge` look at the answer. */
export function sendJudged(judge: Judge): Sender {
  return async (written, sending, shown) => {
    const attempt = await send(written, sending, READ);
    const answer = [...attempt.answer].slice(0, shown).join("");
    return { ...judged(attempt, judge), answer };
  };
}

function judged(attempt: Attempt, judge: Judge): Attempt {
  const { status, failure, answer: text } = attempt;
  if (status === null || (failure !== null && failure !== "status")) return attempt;
  const { refusal, retryAfterMs = null } = judge({ status, text, json: parsed(text) });
  if (failure === null && refusal === null) return attempt;
  const why = refusal ? ` It said: ${plainLine(refusal, TOLD)}` : "";
  if (failure === "status")
    return { ...attempt, detail: `${attempt.detail}${why}`, retryAfterMs: retryAfterMs ?? attempt.retryAfterMs };
  return { ...attempt, failure: "refused", detail: `The receiver answered ${status}, but refused the message.${why}` };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The field of an object; undefined of anything else. */
export function fieldOf(json: unknown, name: string): unknown {
  return typeof json === "object" && json !== null ? (json as Record<string, unknown>)[name] : undefined;
}

export function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}

/** A number of seconds, which services write with decimals too, in ms; null of anything else. */
export function secondsIn(value: unknown): number | null {
  return typeof value === "number" && value >= 0 ? Math.ceil(value * SECOND_MS) : null;
}
