import { Hono } from "hono";
import { limits } from "../../shared/limits.ts";
import type { Status } from "../../shared/schema/status.ts";
import { dayInZone } from "../../shared/time/calendar.ts";
import { checkHealth } from "../db/health.ts";
import { listRuns } from "../db/jobs.ts";
import { countWrites } from "../db/rollups.ts";
import type { Store } from "../db/store.ts";
import { limitReached } from "../db/store.ts";
import { countSurveys } from "../db/surveys.ts";
import { countDeliveries } from "../db/webhook-deliveries.ts";
import type { App } from "../env.ts";
import { needs } from "../http/auth.ts";
import { planOf, plans } from "../plan.ts";
import { Problem } from "../problem.ts";
import { publicRun } from "../replies/job.ts";
import { PROMETHEUS_TYPE, prometheusText } from "../replies/prometheus.ts";

/**
 * GET /v1/status: the schema, the size of the database and the day's rows beside what the plan allows, the messages of
 * webhooks that wait, and the last runs of the jobs. As JSON, or as text for Prometheus where `Accept` names `text/plain` or OpenMetrics. Only keys for all surveys may read
 * it.
 */
export const status = new Hono<App>().get("/", needs("admin"), async (c) => {
  if (c.var.principal.survey !== null) throw new Problem("forbidden");
  const { schema, bytes } = await checkHealth(c.var.store);
  const plan = planOf(bytes);
  const { kept, deleted } = await countSurveys(c.var.store);
  const reply = {
    schema,
    database_bytes: bytes,
    database_bytes_most: plans[plan].databaseBytes,
    plan,
    today: {
      ...(await rowsOfDay(c.var.store, dayInZone(c.var.now, "UTC"))),
      rows_written_most: plans[plan].rowsWrittenADay,
      limit_reached: limitReached(c.env.DB, c.var.now),
    },
    surveys: kept,
    surveys_being_erased: deleted,
    webhooks: await messagesOf(c.var.store),
    jobs: (await listRuns(c.var.store)).map(publicRun),
  } satisfies Status;
  const vary = { Vary: "Accept" };
  if (!wantsText(c.req.header("Accept"))) return c.json(reply, 200, vary);
  return c.body(prometheusText(reply), 200, { ...vary, "Content-Type": PROMETHEUS_TYPE });
});

/** A response and the day's total for each write; an entry of the index for each comment. */
async function rowsOfDay(store: Store, day: string) {
  const { writes, comments } = await countWrites(store, day);
  return { day, writes, rows_written_at_least: 2 * writes + comments };
}

async function messagesOf(store: Store): Promise<Status["webhooks"]> {
  const { waiting, oldest, dead } = await countDeliveries(store, limits.statusMessages);
  const since = oldest === null ? null : new Date(oldest).toISOString();
  return { messages_waiting: waiting, oldest_waiting_since: since, messages_dead: dead };
}

function wantsText(accept = ""): boolean {
  return /\b(text\/plain|application\/openmetrics-text)\b/i.test(accept) && !/\bapplication\/json\b/i.test(accept);
}
