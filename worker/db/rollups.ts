/** The rollups read model: counters per day, from which every figure is made. */
import type { Store } from "./store.ts";

/** The counters of one day (or of several, added up). */
export type Counts = {
  nps: number[];
  csat: number[];
  responses: number;
  inPage: number;
  comments: number;
  shown: number;
  dismissed: number;
};

export type DayCounts = { day: string; counts: Counts };

type Row = { day: string; responses: number; in_page: number; comments: number; shown: number; dismissed: number } & {
  [score: `${"nps" | "csat"}_${number}`]: number;
};

const NPS = Array.from({ length: 11 }, (_, score) => `nps_${score}` as const);
const CSAT = Array.from({ length: 5 }, (_, index) => `csat_${index + 1}` as const);
const COUNTERS = [...NPS, ...CSAT, "responses", "in_page", "comments", "shown", "dismissed"].join(", ");

const sql = {
  listTotals: `SELECT day, ${COUNTERS} FROM rollups
    WHERE survey_id = ?1 AND segment = '' AND day BETWEEN ?2 AND ?3 ORDER BY day`,
  findNewest: `SELECT day, changes FROM rollups WHERE survey_id = ?1 AND segment = '' ORDER BY day DESC LIMIT 1`,
  countEvent: `INSERT INTO rollups (survey_id, segment, day, value, shown, dismissed, changes)
    VALUES (?1, '', ?2, '', ?3, ?4, 1) ON CONFLICT (survey_id, segment, day, value) DO UPDATE
    SET shown = shown + excluded.shown, dismissed = dismissed + excluded.dismissed, changes = changes + 1`,
  eraseRollups: `DELETE FROM rollups WHERE survey_id = ?1 AND (segment, day, value) IN (
    SELECT segment, day, value FROM rollups WHERE survey_id = ?1 LIMIT ?2) RETURNING 1`,
};

/** The totals of each day from `from` to `to` (inclusive) on which there was anything. Reads a row a day. */
export async function listTotals(store: Store, survey: string, from: string, to: string): Promise<DayCounts[]> {
  const rows = await store.all<Row>(sql.listTotals, survey, from, to);
  return rows.map((row) => ({ day: row.day, counts: countsOf(row) }));
}

/** What changes whenever any figure of the survey does. Reads one row. */
export async function findNewest(store: Store, survey: string): Promise<{ day: string; changes: number } | null> {
  return store.first(sql.findNewest, survey);
}

/** Counts one view or dismissal on `day`. */
export async function countEvent(store: Store, survey: string, day: string, type: "shown" | "dismissed") {
  await store.all(sql.countEvent, survey, day, Number(type === "shown"), Number(type === "dismissed"));
}

/** Deletes at most `most` counters of a survey; the number deleted. */
export async function eraseRollups(store: Store, survey: string, most: number): Promise<number> {
  return (await store.all(sql.eraseRollups, survey, most)).length;
}

/** The sum of any number of counts; zeros for none. */
export function addCounts(all: readonly Counts[]): Counts {
  const sum: Counts = {
    nps: NPS.map(() => 0),
    csat: CSAT.map(() => 0),
    responses: 0,
    inPage: 0,
    comments: 0,
    shown: 0,
    dismissed: 0,
  };
  for (const each of all) {
    each.nps.forEach((count, score) => {
      sum.nps[score]! += count;
    });
    each.csat.forEach((count, index) => {
      sum.csat[index]! += count;
    });
    for (const name of ["responses", "inPage", "comments", "shown", "dismissed"] as const) sum[name] += each[name];
  }
  return sum;
}

function countsOf(row: Row): Counts {
  return {
    nps: NPS.map((name) => row[name] ?? 0),
    csat: CSAT.map((name) => row[name] ?? 0),
    responses: row.responses,
    inPage: row.in_page,
    comments: row.comments,
    shown: row.shown,
    dismissed: row.dismissed,
  };
}
