import type { Context } from "hono";
import { Hono } from "hono";
import { limits } from "../../shared/limits.ts";
import type { ResponsePatch } from "../../shared/schema/response.ts";
import { responseDeleteSchema, responsePatchSchema } from "../../shared/schema/response.ts";
import { sealResponses } from "../db/erasure.ts";
import { findResponseItem, patchResponse } from "../db/response-items.ts";
import { isSealed } from "../db/responses.ts";
import { mustBeWhole } from "../db/surveys.ts";
import type { App } from "../env.ts";
import { actOf, recorded } from "../http/audit.ts";
import { needs } from "../http/auth.ts";
import { readBody } from "../http/body.ts";
import { readQuery } from "../http/query.ts";
import { Problem } from "../problem.ts";
import { publicResponse } from "../replies/response.ts";
import { foldValues } from "../respondents/fold-values.ts";
import { today } from "../surveys/booking-day.ts";
import { surveyOfPath } from "../surveys/find-survey.ts";

/** /v1/surveys/:survey/responses/:response: one response, and what the team does with it. */
export const response = new Hono<App>()
  .get("/", needs("comments"), async (c) => {
    const survey = await surveyOfPath(c);
    const row = await findResponseItem(c.var.store, survey.id, c.req.param("response") ?? "");
    if (!row) throw unknownResponse();
    if (row.sealed === 1) throw new Problem("erased");
    return c.json(publicResponse(row));
  })
  .patch("/", needs("write"), async (c) => {
    const patch = await readBody(c.req.raw, responsePatchSchema, limits.responseBytes);
    const { survey, id, at } = await addressed(c);
    const { excluded: _, ...written } = patch;
    // A note could name the person, and the response no longer tells whose it is: no later erasure would find it.
    if (Object.keys(written).length > 0 && (await isSealed(c.var.store, survey, id)))
      throw new Problem("closed", {
        detail: "The response was erased: it can be excluded, and nothing is written of it.",
      });
    const row = await patchResponse(recorded(c, { detail: namesIn(patch) }), survey, id, patch, at);
    if (!row) throw unknownResponse();
    return c.json(publicResponse(row));
  })
  .delete("/", needs("write"), async (c) => {
    const { score } = readQuery(c, responseDeleteSchema);
    const { survey, id, at } = await addressed(c);
    if ((await isSealed(c.var.store, survey, id)) === null) throw unknownResponse();
    const dropScore = score === "drop";
    const act = actOf(c, { detail: [dropScore ? "erased with its score" : "erased"] });
    await sealResponses(c.var.store, { survey, ids: [id], ...at, dropScore }, act);
    await foldValues(c.var.store, survey, at.day);
    return c.body(null, 204);
  });

/** What a patch changes, as the log names it. */
function namesIn({ excluded, answered, ...rest }: ResponsePatch): string[] {
  return [
    ...(excluded === undefined ? [] : [excluded ? "excluded" : "put back"]),
    ...(answered === undefined ? [] : [answered ? "answered" : "not answered"]),
    ...Object.keys(rest).sort(),
  ];
}

async function addressed(c: Context<App>) {
  const survey = await surveyOfPath(c);
  mustBeWhole(survey);
  const { now } = c.var;
  return { survey: survey.id, id: c.req.param("response") ?? "", at: { now, day: today(survey, now) } };
}

function unknownResponse(): Problem {
  return new Problem("not_found", { detail: "The survey has no response with this id." });
}
