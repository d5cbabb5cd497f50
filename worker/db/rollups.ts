/** The rollups read model: counters per day, from which every figure is made. */
import type { ScoreName } from "../../shared/questions.ts";
import { scoreNames, scoresOf } from "../../shared/questions.ts";
import type { EventType } from "../../shared/vocabulary.ts";
import type { Counts } from "./counts.ts";
import { addCounts, countsByScore } from "./counts.ts";
import type { Query } from "./statement.ts";
import { statement } from "./statement.ts";
import type { Store } from "./store.ts";

export type DayCounts = { day: string; counts: Counts };

export type RollupRow = {
  day: string;
  responses: number;
  in_page: number;
  comments: number;
  unhappy: number;
  shown: number;
  dismissed: number;
} & {
  [score: `${ScoreName}_${number}`]: number;
};

/** A counter for each score of a question. */
const countersOf = (name: ScoreName) => scoresOf[name].map((score) => `${name}_${score}` as const);
const SCORES = scoreNames.flatMap(countersOf);
export const COUNTERS = [...SCORES, "responses", "in_page", "comments", "unhappy", "shown", "dismissed"].join(", ");

const SUMS = [...SCORES, "responses", "in_page", "comments"].map((name) => `sum(${name}) AS ${name}`).join(", ");

const SUMMED = [...SCORES, "responses", "in_page", "comments", "shown", "dismissed"]
  .map((name) => `coalesce(sum(${name}), 0) AS ${name}`)
  .join(", ");

/**
 * The lists take a JSON array of survey ids, so that one statement serves one survey and several combined. The `+` keeps the
 * last day a bound of the outer loop: without it SQLite reads on to the newest day.
 */
const sql = {
  listTotals: statement(`SELECT day, ${COUNTERS} FROM json_each(:surveys) AS asked CROSS JOIN rollups
    ON survey_id = asked.value AND segment = '' AND day BETWEEN :from AND :to`),
  listOfValue: statement(`SELECT counted.* FROM json_each(:surveys) AS asked
    CROSS JOIN rollups AS total ON total.survey_id = asked.value AND total.segment = ''
      AND total.day BETWEEN :from AND :to
    CROSS JOIN rollups AS counted ON counted.survey_id = asked.value AND counted.segment = :segment
      AND counted.day = +total.day AND counted.value = :value`),
  listByValue: statement(`SELECT rollups.value, ${SUMS} FROM json_each(:surveys) AS asked CROSS JOIN rollups
    ON survey_id = asked.value AND segment = :segment AND day BETWEEN :from AND :to GROUP BY rollups.value`),
  listOfSegments: statement(`SELECT segment, day, ${COUNTERS} FROM json_each(:surveys) AS asked
    CROSS JOIN json_each(:segments) AS named
    CROSS JOIN rollups ON survey_id = asked.value AND segment = named.value AND day BETWEEN :from AND :to`),
  countResponses: statement(
    `SELECT sum(responses) AS responses FROM rollups WHERE survey_id = :survey AND segment = ''`,
  ),
  sumTotals: statement(`SELECT ${SUMMED} FROM rollups WHERE survey_id = :survey AND segment = ''`),
  findNewestDay: statement(`SELECT day FROM rollups
    WHERE survey_id = :survey AND segment = '' AND responses > 0 ORDER BY day DESC LIMIT 1`),
  countWrites: statement(`SELECT coalesce(sum(changes), 0) AS writes, coalesce(sum(comments), 0) AS comments
    FROM surveys CROSS JOIN rollups ON survey_id = surveys.id AND segment = '' AND day = :day AND value = ''`),
  countEvent: statement(`INSERT INTO rollups (survey_id, segment, day, value, shown, dismissed, changes)
    VALUES (:survey, '', :day, '', :shown, :dismissed, 1) ON CONFLICT (survey_id, segment, day, value) DO UPDATE
    SET shown = shown + excluded.shown, dismissed = dismissed + excluded.dismissed, changes = changes + 1`),
  outdateFigures: statement(`INSERT INTO rollups (survey_id, segment, day, value, changes)
    SELECT id, '', :day, '', 1 FROM surveys WHERE id = :survey
    ON CONFLICT (survey_id, segment, day, value) DO UPDATE SET changes = changes + 1`),
  eraseRollups: statement(`DELETE FROM rollups WHERE survey_id = :survey AND (segment, day, value) IN (
    SELECT segment, day, value FROM rollups WHERE survey_id = :survey LIMIT :most) RETURNING 1`),
};

export type DayRange = { from: string; to: string };

/** The totals of each day of the range (inclusive) that has counters. Reads one row for each day and survey. */
export async function listTotals(store: Store, surveys: readonly string[], range: DayRange): Promise<DayCounts[]> {
  return daysOf(await store.all<RollupRow>(sql.listTotals({ surveys: JSON.stringify(surveys), ...range })));
}

/** The latest day on which a response counts; null where none does. Reads one row, and one for each later day with views only. */
export async function findNewestDay(store: Store, survey: string): Promise<string | null> {
  return (await store.first<{ day: string }>(sql.findNewestDay({ survey })))?.day ?? null;
}

/** The days of the responses that have `value` in `segment`. Reads two rows a day, however many values the segment has. */
export async function listOfValue(
  store: Store,
  surveys: readonly string[],
  range: DayRange,
  segment: string,
  value: string,
): Promise<DayCounts[]> {
  return daysOf(await store.all<RollupRow>(queryOfValue(surveys, range, segment, value)));
}

/** What `listOfValue` asks, for a transaction with other reads. */
export function queryOfValue(surveys: readonly string[], range: DayRange, segment: string, value: string): Query {
  return sql.listOfValue({ surveys: JSON.stringify(surveys), ...range, segment, value });
}

/** The whole range added up for each value of the segment. Reads days × values rows, and as many again to sort them. */
export async function listByValue(
  store: Store,
  surveys: readonly string[],
  range: DayRange,
  segment: string,
): Promise<{ value: string; counts: Counts }[]> {
  const rows = store.all<RollupRow & { value: string }>(
    sql.listByValue({ surveys: JSON.stringify(surveys), ...range, segment }),
  );
  return (await rows).map((row) => ({ value: row.value, counts: countsOf(row) }));
}

/** The days of each of the segments, with all values of a day added up. Reads days × segments × surveys rows. */
export async function listOfSegments(
  store: Store,
  surveys: readonly string[],
  range: DayRange,
  segments: readonly string[],
): Promise<Map<string, DayCounts[]>> {
  if (segments.length === 0) return new Map();
  const rows = await store.all<RollupRow & { segment: string }>(
    sql.listOfSegments({
      surveys: JSON.stringify(surveys),
      ...range,
      segments: JSON.stringify(segments),
    }),
  );
  const bySegment = Map.groupBy(rows, ({ segment }) => segment);
  return new Map([...bySegment].map(([segment, own]) => [segment, daysOf(own)]));
}

/** The counted writes of a day in all surveys, and the comments of its responses. Reads a row for each survey. */
export async function countWrites(store: Store, day: string): Promise<{ writes: number; comments: number }> {
  return (await store.first<{ writes: number; comments: number }>(sql.countWrites({ day })))!;
}

/** The counters of all the survey's days added up. Reads one row for each day. */
export async function sumTotals(store: Store, survey: string): Promise<Counts> {
  return countsOf((await store.first<Omit<RollupRow, "day">>(sql.sumTotals({ survey })))!);
}

/** How many responses the survey has counted on all its days. Reads one row for each day. */
export async function countResponses(store: Store, survey: string): Promise<number> {
  return (await store.first<{ responses: number | null }>(sql.countResponses({ survey })))?.responses ?? 0;
}

/** Counts one view or dismissal on `day`. Not idempotent: nothing tells one view from another. */
export async function countEvent(store: Store, survey: string, day: string, type: EventType) {
  const counted = { shown: Number(type === "shown"), dismissed: Number(type === "dismissed") };
  await store.all({ ...sql.countEvent({ survey, day, ...counted }), once: true });
}

/**
 * The statement that gives the survey's figures a new version, for changes that no trigger notices: readers then ask anew.
 * `day` is the survey's today.
 */
export function outdateFigures(survey: string, day: string): Query {
  return sql.outdateFigures({ survey, day });
}

/** Deletes at most `most` rows of counters of a survey. Returns the number deleted. */
export async function eraseRollups(store: Store, survey: string, most: number): Promise<number> {
  return (await store.all(sql.eraseRollups({ survey, most }))).length;
}

/** In order of the day; several rows of a day are added up. */
export function daysOf(rows: readonly RollupRow[]): DayCounts[] {
  const days = new Map<string, Counts>();
  for (const row of rows) {
    const there = days.get(row.day);
    days.set(row.day, there ? addCounts([there, countsOf(row)]) : countsOf(row));
  }
  return [...days].map(([day, counts]) => ({ day, counts })).sort((a, b) => (a.day < b.day ? -1 : 1));
}

function countsOf(row: Omit<RollupRow, "day">): Counts {
  return {
    ...countsByScore((name) => countersOf(name).map((counter) => row[counter] ?? 0)),
    responses: row.responses,
    inPage: row.in_page,
    comments: row.comments,
    unhappy: row.unhappy ?? 0,
    shown: row.shown ?? 0,
    dismissed: row.dismissed ?? 0,
  };
}
