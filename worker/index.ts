/** What Cloudflare calls. */
import { createApp } from "./app.ts";
import { storeOf } from "./db/store.ts";
import type { Env } from "./env.ts";
import { clean } from "./jobs/clean.ts";

const app = createApp();

export default {
  fetch: app.fetch,
  scheduled: async (controller, env) => {
    await clean(storeOf(env.DB), controller.scheduledTime);
  },
} satisfies ExportedHandler<Env>;
