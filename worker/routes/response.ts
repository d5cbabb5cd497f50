import { Hono } from "hono";
import { responsePatchSchema } from "../../shared/schema/response.ts";
import { markExcluded } from "../db/responses.ts";
import { today } from "../db/surveys.ts";
import type { App } from "../env.ts";
import { needs } from "../http/auth.ts";
import { readBody } from "../http/body.ts";
import { Problem } from "../http/problem.ts";
import { surveyOf } from "./surveys.ts";

/** /v1/surveys/:survey/responses/:response: what the team does with one response. */
export const response = new Hono<App>().patch("/", needs("write"), async (c) => {
  const { excluded } = await readBody(c.req.raw, responsePatchSchema);
  const { store, now } = c.var;
  const survey = await surveyOf(store, c.req.param("survey") ?? "");
  const id = c.req.param("response") ?? "";
  if (!(await markExcluded(store, survey.id, id, excluded, { now, day: today(survey, now) })))
    throw new Problem("not_found", { detail: "The survey has no response with this id." });
  c.set("acted", { detail: [excluded ? "excluded" : "put back"] });
  return c.json({ id, excluded });
});
