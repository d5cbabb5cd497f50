import { Hono } from "hono";
import type { Status } from "../../shared/schema/status.ts";
import { checkHealth } from "../db/health.ts";
import { listRuns } from "../db/jobs.ts";
import { countSurveys } from "../db/surveys.ts";
import type { App } from "../env.ts";
import { needs } from "../http/auth.ts";
import { Problem } from "../problem.ts";
import { publicRun } from "../replies/job.ts";

/**
 * GET /v1/status: the schema, the size of the database, and the last runs of the jobs. Only keys for all surveys may read it.
 */
export const status = new Hono<App>().get("/", needs("admin"), async (c) => {
  if (c.var.principal.survey !== null) throw new Problem("forbidden");
  const { schema, bytes } = await checkHealth(c.var.store, c.env.DB);
  const { kept, deleted } = await countSurveys(c.var.store);
  const jobs = (await listRuns(c.var.store)).map(publicRun);
  const reply = { schema, database_bytes: bytes, surveys: kept, surveys_being_erased: deleted, jobs } satisfies Status;
  return c.json(reply);
});
