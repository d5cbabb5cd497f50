import { Hono } from "hono";
import { checkHealth } from "../db/health.ts";
import type { App } from "../env.ts";

/** GET /health: whether the database answers, with which schema, how fast, how full. Round trip in ms, size in bytes. */
export const health = new Hono<App>().get("/", async (c) => {
  const started = performance.now();
  const { schema, bytes } = await checkHealth(c.var.store, c.env.DB);
  return c.json({ ok: true, schema, round_trip_ms: Math.round(performance.now() - started), database_bytes: bytes });
});
