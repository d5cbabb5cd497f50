import { Hono } from "hono";
import { delightedMetricsSchema } from "../../../shared/schema/delighted.ts";
import { readQueryFields } from "../../delighted/fields.ts";
import { delightedMetrics } from "../../delighted/metrics.ts";
import { opensTo, projectOf } from "../../delighted/project.ts";
import type { App } from "../../env.ts";

/** GET /delighted/v1/metrics: the scores, by default of the 30 days up to the newest response. */
export const metrics = new Hono<App>().get("/", opensTo("metrics"), async (c) => {
  const query = readQueryFields(c, delightedMetricsSchema);
  return c.json(await delightedMetrics(c.var.store, await projectOf(c), query, c.var.now));
});
