/** Asks Cloudflare Turnstile about a token. The visitor's address is not passed on, because Turnstile does not need it. */
import type { Context } from "hono";
import type { App } from "../env.ts";
import { Problem } from "../problem.ts";

const SITEVERIFY = "https://challenges.cloudflare.com/turnstile/v0/siteverify";
const TIMEOUT_MS = 5000;

/**
 * Throws `challenge_required` unless the token proves a person, and `not_ready` or `overloaded` if that cannot be found out.
 */
export async function mustBePerson(
  c: Context<App>,
  { token, response, siteKey }: { token: string | undefined; response: string; siteKey: string },
): Promise<void> {
  if (!token) throw new Problem("challenge_required", { siteKey });
  const secret = c.env.TURNSTILE_SECRET;
  if (!secret)
    throw new Problem("not_ready", {
      detail: "The survey asks for Turnstile, and this collector has no TURNSTILE_SECRET.",
    });
  const isPerson = await askTurnstile(c.var.fetch, { secret, token, response });
  if (isPerson === null) throw new Problem("overloaded", { detail: "Turnstile did not answer; try again." });
  if (!isPerson)
    throw new Problem("challenge_required", {
      detail: "Turnstile does not know this token, or it was used before.",
      siteKey,
    });
}

/**
 * Whether the token is genuine, fresh and not used for another response; null if Turnstile did not answer. The response's id is
 * the idempotency key, so that a send that is repeated because our reply was lost gets the same answer.
 */
async function askTurnstile(
  fetch: typeof globalThis.fetch,
  question: { secret: string; token: string; response: string },
): Promise<boolean | null> {
  try {
    const reply = await fetch(SITEVERIFY, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({
        secret: question.secret,
        response: question.token,
        idempotency_key: question.response,
      }),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    if (!reply.ok) return null;
    return (await reply.json<{ success?: unknown }>()).success === true;
  } catch {
    return null;
  }
}
