/** What Cloudflare calls. */
import { createApp } from "./app.ts";
import { storeOf } from "./db/store.ts";
import type { Env } from "./env.ts";
import { auditDaysOf } from "./jobs/expire.ts";
import { runScheduled } from "./jobs/schedule.ts";

const app = createApp();

export default {
  fetch: app.fetch,
  scheduled: async (controller, env) => {
    await runScheduled(storeOf(env.DB), controller.cron, controller.scheduledTime, auditDaysOf(env.AUDIT_DAYS));
  },
} satisfies ExportedHandler<Env>;
