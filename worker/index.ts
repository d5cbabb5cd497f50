/** The entry points that Cloudflare calls: one for requests, one for the crons. */
import { createApp } from "./app.ts";
import { checkHealth } from "./db/health.ts";
import { storeOf } from "./db/store.ts";
import type { Env } from "./env.ts";
import { erasureRowsADay } from "./jobs/erase-surveys.ts";
import { auditDaysOf } from "./jobs/expire.ts";
import { runScheduled } from "./jobs/schedule.ts";

const app = createApp();

export default {
  fetch: app.fetch,
  scheduled: async (controller, env) => {
    const store = storeOf(env.DB);
    const { bytes } = await checkHealth(store, env.DB);
    await runScheduled(store, controller.cron, controller.scheduledTime, {
      auditDays: auditDaysOf(env.AUDIT_DAYS),
      erasureRowsADay: erasureRowsADay(env.ERASURE_ROWS_A_DAY, bytes),
    });
  },
} satisfies ExportedHandler<Env>;
