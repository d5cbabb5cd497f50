/** Cloudflare Turnstile, asked server to server. The visitor's address is not passed on: the verdict does not need it. */

const SITEVERIFY = "https://challenges.cloudflare.com/turnstile/v0/siteverify";
const PATIENCE_MS = 5000;

/**
 * Whether the token is genuine, fresh and not used for another response. The response's id makes the question repeatable:
 * a send that is repeated because our reply was lost gets the same verdict. `null`: nobody answered.
 */
export async function askTurnstile(
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
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    if (!reply.ok) return null;
    return (await reply.json<{ success?: unknown }>()).success === true;
  } catch {
    return null;
  }
}
