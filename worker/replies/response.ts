import type { ByScore, ScoreName } from "../../shared/questions.ts";
import { groupOfScore, isByDefault, scoreNames } from "../../shared/questions.ts";
import type { ResponseItem } from "../../shared/schema/comment.ts";
import type { TestResponse } from "../../shared/schema/response.ts";
import { topicsAmong } from "../../shared/segments.ts";
import type { ItemRow } from "../db/response-items.ts";
import type { TestRow } from "../db/test-responses.ts";

export function publicResponse(row: ItemRow): ResponseItem {
  return {
    id: row.id,
    created_at: new Date(row.created_at).toISOString(),
    updated_at: new Date(row.updated_at).toISOString(),
    ...scoresOfRow(row),
    comment: row.comment,
    ...groupsOfRow(row),
    respondent: row.respondent_id === null ? null : { id: row.respondent_id, verified: row.respondent_verified === 1 },
    properties: JSON.parse(row.properties),
    locale: row.locale,
    channel: row.channel,
    page: row.page,
    topics: topicsAmong(JSON.parse(row.segments)),
    tags: JSON.parse(row.tags),
    status: row.status,
    note: row.note,
    excluded: row.excluded === 1,
    flags: JSON.parse(row.flags),
    assignee: row.assignee,
    answered_at: answeredAt(row),
  };
}

/** When the team answered the person: the earlier of the first recorded reply and the resolution, if it still is resolved. */
export function answeredAt({
  replied_at,
  resolved_at,
  status,
}: Pick<ItemRow, "replied_at" | "resolved_at" | "status">): string | null {
  const times = [replied_at, status === "resolved" ? resolved_at : null].filter((at) => at !== null);
  return times.length === 0 ? null : new Date(Math.min(...times)).toISOString();
}

export function publicTestResponse(row: TestRow): TestResponse {
  return {
    id: row.id,
    received_at: new Date(row.received_at).toISOString(),
    updated_at: new Date(row.updated_at).toISOString(),
    ...scoresOfRow(row),
    comment: row.comment,
    locale: row.locale,
    channel: row.channel,
    page: row.page,
  };
}

/** The scores of a row; of a question that is not asked by default only a score that was given. */
export function scoresOfRow(row: Record<ScoreName, number | null>): ByScore<Record<ScoreName, number | null>> {
  const shown = scoreNames.filter((name) => isByDefault(name) || row[name] !== null);
  return Object.fromEntries(shown.map((name) => [name, row[name]])) as ByScore<Record<ScoreName, number | null>>;
}

/** The bands of the scores that `scoresOfRow` gives. */
function groupsOfRow(row: Record<ScoreName, number | null>): Pick<ResponseItem, `${ScoreName}_group`> {
  const groups = Object.entries(scoresOfRow(row)).map(([name, score]) => [
    `${name}_group`,
    score === null ? null : groupOfScore(name as ScoreName, score),
  ]);
  return Object.fromEntries(groups);
}
