/** What Cloudflare calls. */
import { createApp } from "./app.ts";
import { storeOf } from "./db/store.ts";
import type { Env } from "./env.ts";
import { clean } from "./jobs/clean.ts";
import { fill } from "./jobs/fill.ts";

const app = createApp();

export default {
  fetch: app.fetch,
  scheduled: async (controller, env) => {
    await clean(storeOf(env.DB), controller.scheduledTime);
    await fill(storeOf(env.DB), controller.scheduledTime);
  },
} satisfies ExportedHandler<Env>;
