import { Hono } from "hono";
import type { HookOutcome, HookReply } from "../../shared/schema/hook.ts";
import { findHook, keepPayload } from "../db/hooks.ts";
import { findSurvey } from "../db/surveys.ts";
import type { App } from "../env.ts";
import { inviteByEvents } from "../hooks/invite-by-events.ts";
import { keptPayload } from "../hooks/keep-payload.ts";
import { readPayload } from "../hooks/payload.ts";
import { isSender } from "../hooks/prove-sender.ts";
import { eventsIn, readEvent } from "../hooks/read-event.ts";
import { publicUrl } from "../http/public-url.ts";
import { limitGuesses, limitHook } from "../http/rate-limit.ts";
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
  const events = eventsIn(payload.value, hook.settings).map((event) => readEvent(event, hook.settings));
  const outcomes = await inviteByEvents(store, survey, hook, events, { host: publicUrl(c), now });
  const first: HookOutcome = outcomes[0] ?? { skipped: "no_event" };
  await keepPayload(store, hook, {
    receivedAt: now,
    outcome: first.skipped ?? "invited",
    respondent: events[0]?.respondent ?? null,
    payload: keptPayload(payload.value),
  });
  return c.json({ ...first, ...(hook.settings.each !== null && { events: outcomes }) } satisfies HookReply, 202);
});

/** The same words for both, so that nobody learns which hooks there are. */
const REFUSED = "There is no such hook, or the request has neither its key nor its sender's signature.";
