import type { Context } from "hono";
import { Hono } from "hono";
import { valueAt } from "../../shared/hooks/pointer.ts";
import { limits } from "../../shared/limits.ts";
import type { HookTrial, HookWithKey } from "../../shared/schema/hook.ts";
import { hookPatchSchema, hookTrialSchema, newHookSchema } from "../../shared/schema/hook.ts";
import { pagingSchema } from "../../shared/schema/paging.ts";
import { hashText } from "../crypto/hash.ts";
import { randomText } from "../crypto/random-text.ts";
import type { HookWithLast } from "../db/hooks.ts";
import { deleteHook, findHookOf, insertHook, listHooks, updateHook } from "../db/hooks.ts";
import type { App } from "../env.ts";
import { withItem } from "../hooks/bitrix24.ts";
import { pastedPayload } from "../hooks/payload.ts";
import { eventsIn, readEvent, whyNoEvent } from "../hooks/read-event.ts";
import { checkHook, partsOf, wholeOf } from "../hooks/settings.ts";
import { recorded } from "../http/audit.ts";
import { needs } from "../http/auth.ts";
import { readBody } from "../http/body.ts";
import { openCursor, pageOf } from "../http/cursor.ts";
import { publicUrl } from "../http/public-url.ts";
import { readQuery } from "../http/query.ts";
import { sendingFor } from "../http/webhooks.ts";
import { Problem } from "../problem.ts";
import { publicHook, shownSince } from "../replies/hook.ts";
import { surveyOfPath } from "../surveys/find-survey.ts";

/** /v1/surveys/:survey/hooks: where other programs tell of their events. A key is shown when it is made, and never again. */
export const hooks = new Hono<App>()
  .get("/", needs("write"), async (c) => {
    const { limit, cursor } = readQuery(c, pagingSchema);
    const survey = await surveyOfPath(c);
    const found = await listHooks(c.var.store, survey.id, openCursor(cursor), limit + 1, shownSince(c.var.now));
    const host = publicUrl(c);
    return c.json(
      pageOf(
        found,
        limit,
        (hook) => hook.id,
        (hook) => publicHook(hook, host),
      ),
    );
  })
  .post("/", needs("admin"), async (c) => {
    const body = await readBody(c.req.raw, newHookSchema, limits.hookBytes);
    const survey = await surveyOfPath(c);
    checkHook(body, sendingFor(c).loopback);
    const key = `vhh_${randomText(43)}`;
    const made = { id: `hok_${randomText(16)}`, survey: survey.id, keyHash: await hashText(key), createdAt: c.var.now };
    const hook: HookWithLast = { ...partsOf(body), ...made, offAt: null, last: null };
    if (!(await insertHook(recorded(c, { target: hook.id }), hook, limits.hooks)))
      throw new Problem("conflict", { detail: `A survey has at most ${limits.hooks} hooks; delete one first.` });
    return c.json({ ...publicHook(hook, publicUrl(c)), key } satisfies HookWithKey, 201);
  })
  .get("/:hook", needs("write"), async (c) => c.json(publicHook(await hookOfPath(c), publicUrl(c))))
  .patch("/:hook", needs("admin"), async (c) => {
    const { enabled, ...changes } = await readBody(c.req.raw, hookPatchSchema, limits.hookBytes);
    const hook = await hookOfPath(c);
    const whole = { ...wholeOf(hook.name, hook.settings, hook.secrets), ...changes };
    // To switch it off alone is never refused, whatever has become of its settings.
    if (enabled || Object.keys(changes).length > 0) checkHook(whole, sendingFor(c).loopback);
    const offAt = enabled === undefined ? hook.offAt : enabled ? null : (hook.offAt ?? c.var.now);
    const detail = Object.keys({ ...changes, ...(enabled !== undefined && { enabled }) }).sort();
    await updateHook(recorded(c, { detail }), { ...hook, ...partsOf(whole), offAt });
    return c.json(publicHook(await hookOfPath(c), publicUrl(c)));
  })
  .delete("/:hook", needs("admin"), async (c) => {
    const survey = await surveyOfPath(c);
    if (!(await deleteHook(recorded(c), survey.id, c.req.param("hook"), c.var.now))) throw new Problem("not_found");
    return c.body(null, 204);
  })
  .post("/:hook/try", needs("write"), async (c) => {
    const { payload, last } = await readBody(c.req.raw, hookTrialSchema, limits.hookEventBytes);
    const hook = await hookOfPath(c);
    if (last && !hook.last?.payload)
      throw new Problem("not_found", { detail: "The hook has received nothing within the last day that was kept." });
    const sent = last ? JSON.parse(hook.last?.payload ?? "null") : pastedPayload(payload);
    // What came last has its item already.
    const isToFetch = hook.settings.bitrix24 !== null && valueAt(sent, "/item") === undefined;
    const { value, skipped: kept } = isToFetch
      ? await withItem(sent, hook, sendingFor(c))
      : { value: sent, skipped: null };
    const events = eventsIn(value, hook.settings);
    const tried: HookTrial = {
      events: events.map((event) => {
        const read = readEvent(event, hook.settings);
        const skipped = hook.offAt === null ? (kept ?? whyNoEvent(read)) : "off";
        return { ...read, ...(skipped && { skipped }) };
      }),
    };
    return c.json(tried);
  });

/** The hook that the address names, or `unknown_survey` or `not_found`. */
async function hookOfPath(c: Context<App>): Promise<HookWithLast> {
  const survey = await surveyOfPath(c);
  const hook = await findHookOf(c.var.store, survey.id, c.req.param("hook") ?? "", shownSince(c.var.now));
  if (!hook) throw new Problem("not_found");
  return hook;
}
