import type { Context } from "hono";
import type { App } from "../env.ts";
import { Problem } from "./problem-reply.ts";
import { askTurnstile } from "./turnstile.ts";

/** Throws unless the token proves a person; where that cannot be found out, nobody gets in. */
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
