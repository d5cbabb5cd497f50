/** The entry points that Cloudflare calls: one for requests, one for the crons. */
import { createApp } from "./app.ts";
import { checkHealth } from "./db/health.ts";
import { jobBoundMs, storeOf } from "./db/store.ts";
import type { Env } from "./env.ts";
import { erasureRowsADay } from "./jobs/erase-surveys.ts";
import { auditDaysOf } from "./jobs/expire.ts";
import { crons, runScheduled } from "./jobs/schedule.ts";
import { mailSender } from "./mailings/sender.ts";
import { sendingOf } from "./webhooks/sending.ts";

/** scripts/collector.ts defines this name for the Worker that it serves. A Worker that is deployed is bundled without it. */
declare const VIDHUK_LOCAL: boolean | undefined;

const isLocal = typeof VIDHUK_LOCAL !== "undefined" && VIDHUK_LOCAL;
const app = createApp({ isLocal });

export default {
  fetch: app.fetch,
  scheduled: async (controller, env) => {
    const store = storeOf(env.DB, { boundMs: jobBoundMs });
    const { cron, scheduledTime } = controller;
    const world = { fetch: (...asked: Parameters<typeof fetch>) => fetch(...asked), clock: Date.now };
    const sender = mailSender(env, world);
    // Every minute: it does not ask what only the erasure needs.
    const { bytes } = cron === crons.delivering ? { bytes: 0 } : await checkHealth(store);
    await runScheduled(store, cron, scheduledTime, {
      auditDays: auditDaysOf(env.AUDIT_DAYS),
      erasureRowsADay: erasureRowsADay(env.ERASURE_ROWS_A_DAY, bytes),
      sending: sendingOf(env, { ...world, isLocal }),
      mailing: "missing" in sender ? null : sender,
    });
  },
} satisfies ExportedHandler<Env>;
