import type { Context } from "hono";
import { Hono } from "hono";
import { responseDeleteSchema, responsePatchSchema } from "../../shared/schema/response.ts";
import { itemOf, patchItem } from "../db/response-items.ts";
import { sealResponse } from "../db/responses.ts";
import { today } from "../db/surveys.ts";
import type { App } from "../env.ts";
import { needs } from "../http/auth.ts";
import { readBody } from "../http/body.ts";
import { readQuery } from "../http/query.ts";
import { Problem } from "../problem.ts";
import { surveyOf } from "../surveys/find-survey.ts";

/** /v1/surveys/:survey/responses/:response: what the team does with one response. */
export const response = new Hono<App>()
  .patch("/", needs("write"), async (c) => {
    const patch = await readBody(c.req.raw, responsePatchSchema);
    const { survey, id, at } = await placeOf(c);
    const row = await patchItem(c.var.store, survey, id, patch, at);
    if (!row) throw unknownResponse();
    if (patch.excluded !== undefined) c.set("acted", { detail: [patch.excluded ? "excluded" : "put back"] });
    return c.json(itemOf(row));
  })
  .delete("/", needs("write"), async (c) => {
    const { score } = readQuery(c, responseDeleteSchema);
    const { survey, id, at } = await placeOf(c);
    if (!(await sealResponse(c.var.store, survey, id, at, score === "drop"))) throw unknownResponse();
    c.set("acted", { detail: [score === "drop" ? "erased with its score" : "erased"] });
    return c.body(null, 204);
  });

async function placeOf(c: Context<App>) {
  const survey = await surveyOf(c.var.store, c.req.param("survey") ?? "");
  const { now } = c.var;
  return { survey: survey.id, id: c.req.param("response") ?? "", at: { now, day: today(survey, now) } };
}

function unknownResponse(): Problem {
  return new Problem("not_found", { detail: "The survey has no response with this id." });
}
