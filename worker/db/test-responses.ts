/** Responses marked `test`: never counted, kept for a day, shown to whoever is trying the survey out. */
import type { ScoreName } from "../../shared/questions.ts";
import { scoreNames } from "../../shared/questions.ts";
import type { ResponseRow } from "./response-row.ts";
import { statement } from "./statement.ts";
import type { Store } from "./store.ts";

export type TestRow = Pick<
  ResponseRow,
  "id" | "received_at" | "updated_at" | ScoreName | "comment" | "locale" | "channel" | "page"
>;

const MOST = 20;

const sql = {
  listTestResponses:
    statement(`SELECT id, received_at, updated_at, ${scoreNames.join(", ")}, comment, locale, channel, page FROM responses
    WHERE survey_id = :survey AND test = 1 ORDER BY received_at DESC LIMIT ${MOST}`),
};

/** The survey's newest test responses, at most twenty. */
export async function listTestResponses(store: Store, survey: string): Promise<TestRow[]> {
  return store.all<TestRow>(sql.listTestResponses({ survey }));
}
