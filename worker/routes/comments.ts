import { Hono } from "hono";
import { filterSchema } from "../../shared/schema/filter.ts";
import type { CommentPosition } from "../db/comments.ts";
import { listComments } from "../db/comments.ts";
import type { App } from "../env.ts";
import { recordRead } from "../http/audit.ts";
import { needs } from "../http/auth.ts";
import { openCursor, sealCursor } from "../http/cursor.ts";
import { readQuery } from "../http/query.ts";
import { invalid } from "../problem.ts";
import { publicResponse } from "../replies/response.ts";
import { surveyOfPath } from "../surveys/find-survey.ts";
import { rowFilterOf } from "../surveys/where.ts";

/** GET /v1/surveys/:survey/comments: comments, newest first. */
export const comments = new Hono<App>().get("/", needs("comments"), async (c) => {
  const query = readQuery(c, filterSchema);
  const survey = await surveyOfPath(c);
  const filter = rowFilterOf(query, survey.settings);
  const { rows, next } = await listComments(c.var.store, survey.id, filter, positionOf(openCursor(filter.cursor)));
  if (filter.respondent !== undefined) await recordRead(c, { respondent: filter.respondent });
  return c.json({ items: rows.map(publicResponse), next: sealCursor(next) });
});

/** Where a page begins: after the cursor's comment. */
function positionOf(key: string): CommentPosition | undefined {
  if (key === "") return undefined;
  const [at, id] = key.split(" ");
  if (!/^\d{1,16}$/.test(at ?? "") || !id) throw invalid("/cursor", "is not one that this list gave out");
  return { at: Number(at), id };
}
