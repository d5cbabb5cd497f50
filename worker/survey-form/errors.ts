/** Turns refusals into pages for people: the same refusals as those of the API, in a friendly sentence. */
import type { Context } from "hono";
import type { App } from "../env.ts";
import { logError } from "../http/errors.ts";
import type { PageRefusal } from "../pages/message-page.ts";
import { refusalPage, refusals } from "../pages/message-page.ts";
import { acceptedLanguages, wordingFor } from "../pages/wording.ts";
import { Problem } from "../problem.ts";

/** The page that says `reason`, with its status. */
export function refuse(
  c: Context<App>,
  reason: PageRefusal,
  page = refusalPage(reason, visitorWords(c)),
  status: (typeof refusals)[PageRefusal] = refusals[reason],
): Response {
  return c.body(page.body, status, page.headers);
}

/** The page for an error that a route has thrown. An error that is no Problem is a fault of ours, and is logged. */
export function pageError(error: Error, c: Context<App>): Response {
  const code = error instanceof Problem ? error.code : "internal";
  if (code === "unknown_survey") return refuse(c, "unknown");
  if (code === "closed" || code === "not_yours" || code === "challenge_required") return refuse(c, "closed");
  if (code === "body_too_large") return refuse(c, "too_large");
  const reply = refuse(c, code === "rate_limited" ? "busy" : "broken");
  const { retryAfterSeconds = 60 } = error instanceof Problem ? error.extra : {};
  reply.headers.set("Retry-After", String(retryAfterSeconds));
  if (!(error instanceof Problem)) logError(error, c);
  return reply;
}

/** The wording for a visitor of whom only the browser's languages are known. */
export function visitorWords(c: Context<App>) {
  return wordingFor(acceptedLanguages(c.req.header("Accept-Language")));
}
