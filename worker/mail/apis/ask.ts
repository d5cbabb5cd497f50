/** What the senders' HTTP APIs have in common. */
import type { Outcome } from "../mail.ts";
import { refused, said } from "../mail.ts";

export type ApiWorld = { fetch: typeof globalThis.fetch; timeoutMs: number };

export type Answer = { status: number; body: Record<string, unknown> };

/** Sends JSON, and has `judge` say what the answer means. An answer that is no JSON is judged with an empty body. */
export async function ask(
  { fetch, timeoutMs }: ApiWorld,
  url: string,
  headers: Record<string, string>,
  body: unknown,
  judge: (answer: Answer) => Outcome,
): Promise<Outcome> {
  const signal = AbortSignal.timeout(timeoutMs);
  try {
    const reply = await fetch(url, {
      method: "POST",
      headers: { "Content-Type": "application/json", Accept: "application/json", ...headers },
      body: JSON.stringify(body),
      redirect: "manual",
      signal,
    });
    const text = await reply.text();
    return judge({ status: reply.status, body: objectOf(text) });
  } catch {
    const detail = signal.aborted
      ? `The sender of mails did not answer within ${timeoutMs / 1000} seconds.`
      : "The sender of mails could not be reached, or it broke the connection off.";
    return refused("unreachable", detail, true);
  }
}

/** The sentence that says what was refused. `known`: what the sender's documentation calls the fault. */
export function apiSaid(sender: string, status: number, known: unknown, message: unknown): string {
  return `${sender} answered: ${said([status, known, message].filter((part) => part !== undefined).join(" "))}`;
}

function objectOf(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
