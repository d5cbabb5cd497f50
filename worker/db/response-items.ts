/** One response as lists show it: what was sent, and the tags, status and note that the team has added. */
import { scoreNames } from "../../shared/questions.ts";
import type { ResponsePatch } from "../../shared/schema/response.ts";
import type { ResponseRow } from "./response-row.ts";
import { statement } from "./statement.ts";
import type { Store } from "./store.ts";

const COLUMNS = [
  "id",
  "created_at",
  "day",
  "updated_at",
  ...scoreNames,
  "comment",
  "comment_at",
  "respondent_id",
  "respondent_verified",
  "properties",
  "segments",
  "locale",
  "channel",
  "page",
  "tags",
  "status",
  "note",
  "excluded",
  "flags",
  "assignee",
  "replied_at",
  "resolved_at",
] as const satisfies (keyof ResponseRow)[];

export type ItemRow = Pick<ResponseRow, (typeof COLUMNS)[number]>;

export const ITEM_COLUMNS = COLUMNS.join(", ");

const sql = {
  findResponseItem: statement(
    `SELECT ${ITEM_COLUMNS}, sealed FROM responses WHERE survey_id = :survey AND id = :id AND test = 0`,
  ),
  listResponseItems: statement(`SELECT ${ITEM_COLUMNS}, sealed FROM responses
    WHERE survey_id = :survey AND id IN (SELECT value FROM json_each(:ids)) AND test = 0`),
  patchResponse: statement(`UPDATE responses SET tags = coalesce(:tags, tags), status = coalesce(:status, status),
      note = iif(:noted, :note, note), excluded = coalesce(:excluded, excluded),
      assignee = iif(:assigned, :assignee, assignee),
      replied_at = iif(:answered IS NULL, replied_at, iif(:answered, coalesce(replied_at, :now), NULL)),
      resolved_at = iif(coalesce(:status, status) <> 'resolved', NULL, iif(status = 'resolved', resolved_at, :now)),
      updated_at = max(:now, updated_at + 1), updated_day = :day
    WHERE survey_id = :survey AND id = :id AND test = 0
      AND (sealed = 0 OR (:tags IS NULL AND :status IS NULL AND NOT :noted AND NOT :assigned AND :answered IS NULL)) AND (
      coalesce(:tags, tags) <> tags OR coalesce(:status, status) <> status OR (:noted AND :note IS NOT note)
      OR coalesce(:excluded, excluded) <> excluded OR (:assigned AND :assignee IS NOT assignee)
      OR :answered <> (replied_at IS NOT NULL)
    )`),
};

/** `sealed` is 1 of an erased response. Responses of tests are not found. */
export async function findResponseItem(
  store: Store,
  survey: string,
  id: string,
): Promise<(ItemRow & Pick<ResponseRow, "sealed">) | null> {
  return store.first(sql.findResponseItem({ survey, id }));
}

/** Those of the responses that are there, in any order. Responses of tests are not found. */
export async function listResponseItems(
  store: Store,
  survey: string,
  ids: readonly string[],
): Promise<(ItemRow & Pick<ResponseRow, "sealed">)[]> {
  return store.all(sql.listResponseItems({ survey, ids: JSON.stringify(ids) }));
}

/**
 * Sets the fields that the patch names; of an erased response only `excluded` can be set. Idempotent: the same patch again
 * writes no row. Null when there is no such response.
 */
export async function patchResponse(
  store: Store,
  survey: string,
  id: string,
  { tags, status, note, excluded, assignee, answered }: ResponsePatch,
  at: { now: number; day: string },
): Promise<ItemRow | null> {
  await store.all(
    sql.patchResponse({
      survey,
      id,
      tags: tags ? JSON.stringify(tags) : null,
      status: status ?? null,
      noted: Number(note !== undefined),
      note: note || null,
      excluded: excluded === undefined ? null : Number(excluded),
      assigned: Number(assignee !== undefined),
      assignee: assignee || null,
      answered: answered === undefined ? null : Number(answered),
      ...at,
    }),
  );
  return findResponseItem(store, survey, id);
}
