/**
 * The whole collector, whose clock a test can move on: `POST /test/ahead?ms=` says how far ahead of the machine's it goes from
 * then on, once no run is sending mails: to a run a leap of the clock would look like a server that has not answered. Its cron of every minute sends the mails that are due.
 */
import { createApp } from "../../worker/app.ts";
import { findMailRun } from "../../worker/db/mail-run.ts";
import { storeOf } from "../../worker/db/store.ts";
import type { Env } from "../../worker/env.ts";
import { crons, runScheduled } from "../../worker/jobs/schedule.ts";
import { mailSender } from "../../worker/mailings/sender.ts";

/** null: nothing was said yet. */
let ahead: number | null = null;
const clock = () => Date.now() + (ahead ?? 0);
const app = createApp({ clock, isLocal: true });

export default {
  async fetch(request, env, context) {
    const { pathname, searchParams } = new URL(request.url);
    if (pathname !== "/test/ahead") return app.fetch(request, env, context);
    const store = storeOf(env.DB);
    // What a killed collector has left is in the time of its own clock.
    while (ahead !== null && (await findMailRun(store)).run_until > clock())
      await new Promise((resolve) => setTimeout(resolve, 20));
    ahead = Number(searchParams.get("ms"));
    return new Response("ok");
  },
  scheduled: async (_, env) => {
    const sender = mailSender(env, { fetch, clock });
    const mailing = "missing" in sender ? null : sender;
    const measures = { auditDays: 1, erasureRowsADay: 1, sending: null, mailing };
    await runScheduled(storeOf(env.DB), crons.delivering, clock(), measures);
  },
} satisfies ExportedHandler<Env>;
