import { Hono } from "hono";
import type { Health } from "../../shared/schema/status.ts";
import { checkHealth, lacking } from "../db/health.ts";
import type { App } from "../env.ts";

/**
 * GET /health: whether the database answers, its schema, its size in bytes and the time of a round trip in ms. Replies 503 with
 * the names of the missing migrations where the schema is older than the Worker, because writes are then refused.
 */
export const health = new Hono<App>().get("/", async (c) => {
  const started = performance.now();
  const { schema, missing, bytes } = await checkHealth(c.var.store);
  const measured = { schema, round_trip_ms: Math.round(performance.now() - started), database_bytes: bytes };
  if (missing.length === 0) return c.json({ ok: true, ...measured } satisfies Health);
  const reply = { ok: false, missing, detail: lacking(missing), ...measured } satisfies Health;
  return c.json(reply, 503, { "Retry-After": "30" });
});
