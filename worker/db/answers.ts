/** The table `cases_daily`: how many of each day's unhappy people were answered, by the hours within which they were. A trigger keeps it. */
import { answerCounters } from "../../shared/cases.ts";
import type { DayRange } from "./rollups.ts";
import { statement } from "./statement.ts";
import type { Store } from "./store.ts";

const SUMS = answerCounters.map((name) => `coalesce(sum(${name}), 0) AS ${name}`).join(", ");

const sql = {
  sumAnswers: statement(`SELECT ${SUMS} FROM json_each(:surveys) AS asked CROSS JOIN cases_daily
    ON survey_id = asked.value AND day BETWEEN :from AND :to`),
  eraseAnswers: statement(`DELETE FROM cases_daily WHERE survey_id = :survey AND day IN (
    SELECT day FROM cases_daily WHERE survey_id = :survey LIMIT :most) RETURNING 1`),
};

/** The range (inclusive) added up, in the order of `answerCounters`. Reads one row for each day and survey with an answer. */
export async function sumAnswers(store: Store, surveys: readonly string[], range: DayRange): Promise<number[]> {
  const row = await store.first<Record<string, number>>(sql.sumAnswers({ surveys: JSON.stringify(surveys), ...range }));
  return answerCounters.map((name) => row![name]!);
}

/** Deletes at most `most` rows of a survey. Returns the number deleted. */
export async function eraseAnswers(store: Store, survey: string, most: number): Promise<number> {
  return (await store.all(sql.eraseAnswers({ survey, most }))).length;
}
