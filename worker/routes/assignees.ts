import { Hono } from "hono";
import { limits } from "../../shared/limits.ts";
import { listAssignees } from "../db/assignees.ts";
import type { App } from "../env.ts";
import { needs } from "../http/auth.ts";
import { surveyOfPath } from "../surveys/find-survey.ts";

/** GET /v1/surveys/:survey/assignees: the names of those who take care of a response. */
export const assignees = new Hono<App>().get("/", needs("comments"), async (c) => {
  const survey = await surveyOfPath(c);
  return c.json({ items: await listAssignees(c.var.store, survey.id, limits.assignees) });
});
