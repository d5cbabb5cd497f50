import { Hono } from "hono";
import type { CommentItem } from "../../shared/schema/comment.ts";
import { pagingSchema } from "../../shared/schema/paging.ts";
import { csatGroup, npsGroup } from "../../shared/score.ts";
import type { CommentRow } from "../db/comments.ts";
import { listComments } from "../db/comments.ts";
import type { App } from "../env.ts";
import { needs } from "../http/auth.ts";
import { openCursor, pageOf } from "../http/paging.ts";
import { invalid } from "../http/problem.ts";
import { readQuery } from "../http/query.ts";
import { surveyOf } from "./surveys.ts";

/** GET /v1/surveys/:survey/comments: open answers, newest first. */
export const comments = new Hono<App>().get("/", needs("comments"), async (c) => {
  const { limit, cursor } = readQuery(c, pagingSchema);
  const survey = await surveyOf(c.var.store, c.req.param("survey") ?? "");
  const [before, beforeId] = placeOf(openCursor(cursor));
  const found = await listComments(c.var.store, survey.id, before, beforeId, limit + 1);
  return c.json(pageOf(found, limit, (row) => `${row.comment_at} ${row.id}`, shown));
});

/** Where a page begins: after the cursor's comment, or before everything that could ever be. */
function placeOf(key: string): [before: number, beforeId: string] {
  if (key === "") return [Number.MAX_SAFE_INTEGER, ""];
  const [at, id] = key.split(" ");
  if (!/^\d{1,15}$/.test(at ?? "") || !id) throw invalid("/cursor", "is not one that this list gave out");
  return [Number(at), id];
}

function shown(row: CommentRow): CommentItem {
  return {
    id: row.id,
    created_at: new Date(row.created_at).toISOString(),
    updated_at: new Date(row.updated_at).toISOString(),
    nps: row.nps,
    csat: row.csat,
    comment: row.comment,
    nps_group: row.nps === null ? null : npsGroup(row.nps),
    csat_group: row.csat === null ? null : csatGroup(row.csat),
    respondent: row.respondent_id === null ? null : { id: row.respondent_id, verified: row.respondent_verified === 1 },
    properties: JSON.parse(row.properties),
    locale: row.locale,
    channel: row.channel,
    page: row.page,
    topics: [],
    tags: JSON.parse(row.tags),
    status: row.status,
    note: row.note,
    excluded: row.excluded === 1,
    flags: JSON.parse(row.flags),
  };
}
