import type { Context } from "hono";
import { Hono } from "hono";
import type { HookOutcome, HookReply } from "../../shared/schema/hook.ts";
import type { StoredHook } from "../db/hooks.ts";
import { findHook, keepPayload } from "../db/hooks.ts";
import type { StoredSurvey } from "../db/surveys.ts";
import { findSurvey } from "../db/surveys.ts";
import type { App } from "../env.ts";
import { withItem, writeLink } from "../hooks/bitrix24.ts";
import { inviteByEvents } from "../hooks/invite-by-events.ts";
import { keptPayload } from "../hooks/keep-payload.ts";
import { readPayload } from "../hooks/payload.ts";
import { isSender } from "../hooks/prove-sender.ts";
import { eventsIn, readEvent } from "../hooks/read-event.ts";
import { publicUrl } from "../http/public-url.ts";
import { limitGuesses, limitHook } from "../http/rate-limit.ts";
import { sendingFor } from "../http/webhooks.ts";
import { Problem } from "../problem.ts";

/**
 * POST /v1/hooks/:hook: an event of another program. Whatever comes of it the reply is 202, because most senders send again what
 * is refused, and give up a hook that refuses often.
 */
export const hookEvents = new Hono<App>().post("/:hook", async (c) => {
  const { store, now } = c.var;
  const payload = await readPayload(c.req.raw);
  const hook = await findHook(store, c.req.param("hook"));
  const proven = await isSender(c, hook, payload);
  const survey = hook && proven ? await findSurvey(store, hook.survey) : null;
  if (!hook || !survey) {
    await limitGuesses(c);
    throw new Problem("not_found", { detail: REFUSED });
  }
  await limitHook(c, hook.id);
  const { value, outcomes, respondent } = await answerEvents(c, survey, hook, payload.value);
  const first: HookOutcome = outcomes[0] ?? { skipped: "no_event" };
  await keepPayload(store, hook, {
    receivedAt: now,
    outcome: first.skipped ?? "invited",
    respondent,
    payload: keptPayload(value),
  });
  // To a first call that tells nothing WooCommerce wants 200, or it says that the address does not work.
  const isPing = hook.settings.signature === "woocommerce" && /^webhook_id=\d+$/.test(payload.raw);
  const reply: HookReply = { ...first, ...(hook.settings.each !== null && { events: outcomes }) };
  return c.json(reply, isPing ? 200 : 202);
});

/** The same words for both, so that nobody learns which hooks there are. */
const REFUSED = "There is no such hook, or the request has neither its key nor its sender's signature.";

/** What came of the events in what was sent. Of Bitrix24 the item is fetched first, and the link written into it at the end. */
async function answerEvents(c: Context<App>, survey: StoredSurvey, hook: StoredHook, sent: unknown) {
  const sending = sendingFor(c);
  // A hook that is off asks nobody.
  const fetches = hook.settings.bitrix24 !== null && hook.offAt === null;
  const { value, skipped } = fetches ? await withItem(sent, hook, sending) : { value: sent, skipped: null };
  const events = eventsIn(value, hook.settings).map((event) => readEvent(event, hook.settings));
  const respondent = events[0]?.respondent ?? null;
  if (skipped) return { value, respondent, outcomes: [{ skipped }] satisfies HookOutcome[] };
  const outcomes = await inviteByEvents(c.var.store, survey, hook, events, { host: publicUrl(c), now: c.var.now });
  const url = fetches ? outcomes[0]?.url : undefined;
  if (url !== undefined && !(await writeLink(sent, hook, url, sending)))
    return { value, respondent, outcomes: [{ ...outcomes[0], skipped: "not_written" }] satisfies HookOutcome[] };
  return { value, respondent, outcomes };
}
