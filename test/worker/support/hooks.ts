/** A collector with the world outside played, and what tests of webhooks ask of it. */
import { env } from "cloudflare:workers";
import type { Delivery, WebhookWithSecret } from "../../../shared/schema/webhook.ts";
import { storeOf } from "../../../worker/db/store.ts";
import { crons, runScheduled } from "../../../worker/jobs/schedule.ts";
import { sendingOf } from "../../../worker/webhooks/sending.ts";
import { ADMIN, aCollector, NOON } from "./collector.ts";
import type { Names } from "./receivers.ts";
import { aWorld } from "./receivers.ts";

export const HOOK_URL = "https://hooks.example/in";

export function aTellingCollector(names: Names = {}) {
  const world = aWorld(names);
  const collector = aCollector({ fetch: world.fetch, secrets: { WEBHOOK_TIMEOUT_SECONDS: "1" } });
  const path = (survey: string, rest = "") => `/v1/surveys/${survey}/webhooks${rest}`;
  const ask = <Body>(method: string, address: string, body?: unknown) =>
    collector.request<Body>(method, address, body, ADMIN);

  return {
    ...collector,
    world,
    ask,
    hookPath: path,
    /** A webhook that is told of new responses, if `settings` does not say otherwise. */
    async hook(survey: string, settings: object = {}): Promise<WebhookWithSecret> {
      const body = { url: HOOK_URL, events: ["response.created"], ...settings };
      const reply = await ask<WebhookWithSecret>("POST", path(survey), body);
      if (reply.status !== 201) throw new Error(reply.text);
      return reply.body;
    },
    async deliveries(survey: string, id: string, query = ""): Promise<Delivery[]> {
      return (await ask<{ items: Delivery[] }>("GET", path(survey, `/${id}/deliveries${query}`))).body.items;
    },
    /** Forgets all webhooks and messages, as before the first test. */
    async forget(): Promise<void> {
      collector.clock.now = NOON;
      world.got.splice(0);
      world.answers.splice(0);
      world.usual.answer = () => new Response("ok");
      await env.DB.exec("DELETE FROM webhook_deliveries");
      await env.DB.exec("DELETE FROM webhooks");
      await env.DB.exec("UPDATE surveys SET has_webhooks = 0, version = version + 1");
    },
    /** The cron of every minute, or another. */
    async cron(when: string = crons.delivering): Promise<void> {
      const clock = () => collector.clock.now;
      const sending = sendingOf(collector.variables, { fetch: world.fetch, clock, isLocal: false });
      const measures = { auditDays: 400, erasureRowsADay: 50_000, sending, mailing: null };
      await runScheduled(storeOf(env.DB), when, collector.clock.now, measures);
    },
  };
}
