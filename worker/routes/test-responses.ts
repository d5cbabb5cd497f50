import { Hono } from "hono";
import { listTestResponses } from "../db/test-responses.ts";
import type { App } from "../env.ts";
import { needs } from "../http/auth.ts";
import { publicTestResponse } from "../replies/response.ts";
import { surveyOfPath } from "../surveys/find-survey.ts";

/** GET /v1/surveys/:survey/test-responses: the last twenty responses that were marked as a test, newest first. */
export const testResponses = new Hono<App>().get("/", needs("comments"), async (c) => {
  const survey = await surveyOfPath(c);
  return c.json({ items: (await listTestResponses(c.var.store, survey.id)).map(publicTestResponse), next: null });
});
