import { Hono } from "hono";
import { limits } from "../../shared/limits.ts";
import { exportQuerySchema } from "../../shared/schema/filter.ts";
import { USUAL_PAGE } from "../../shared/schema/paging.ts";
import { listResponses, positionOf } from "../db/response-list.ts";
import type { App } from "../env.ts";
import { recordRead } from "../http/audit.ts";
import { needs } from "../http/auth.ts";
import { openCursor, sealCursor } from "../http/cursor.ts";
import { readQuery } from "../http/query.ts";
import { invalid } from "../problem.ts";
import { publicResponse } from "../replies/response.ts";
import { exportFormatOf, streamExport } from "../responses/export.ts";
import { surveyOfPath } from "../surveys/find-survey.ts";
import { rowFilterOf } from "../surveys/where.ts";

/** GET /v1/surveys/:survey/responses: newest first, in pages; or all of them as one CSV or NDJSON stream. */
export const surveyResponses = new Hono<App>().get("/", needs("comments"), async (c) => {
  const { after: id, after_updated_at, cursor, limit, separator, ...query } = readQuery(c, exportQuerySchema);
  const survey = await surveyOfPath(c);
  const filter = rowFilterOf(query, survey.settings);
  const after = id === undefined ? openCursor(cursor) : positionOf({ id, updated_at: after_updated_at }, filter);
  const format = exportFormatOf(c.req.header("Accept"));
  const { respondent } = query;
  const read = respondent === undefined ? {} : { respondent };
  if (format) await recordRead(c, { detail: [format], ...read });
  if (format) return streamExport(c, survey, { filter, limit, separator, after }, format);
  if (limit !== undefined && limit > limits.pageLimit)
    throw invalid("/limit", `must be a whole number from 1 to ${limits.pageLimit} for pages of JSON`);
  const { rows, next } = await listResponses(c.var.store, survey.id, { ...filter, limit: limit ?? USUAL_PAGE }, after);
  if (respondent !== undefined) await recordRead(c, read);
  return c.json({ items: rows.map(publicResponse), next: sealCursor(next) }, 200, { Vary: "Accept" });
});
