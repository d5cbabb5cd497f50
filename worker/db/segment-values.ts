/** The segment_values table: the values of each segment, at most a hundred, so that strangers cannot grow the counters. */
import { limits } from "../../shared/limits.ts";
import { REST } from "../../shared/segments.ts";
import { isolateCache } from "../isolate-cache.ts";
import type { Query } from "./statement.ts";
import { statement } from "./statement.ts";
import type { Store } from "./store.ts";

/** Whether an erasure is folding the new value into the rest (worker/db/erasure.ts): then there is no room for it. */
const IS_FOLDED = `EXISTS (SELECT 1 FROM folding_values AS folding WHERE folding.survey_id = :survey
          AND folding.segment = newcomer.value ->> 0 AND folding.value = newcomer.value ->> 1)`;

const VALUES_TAKEN = `(SELECT count(*) FROM segment_values
          WHERE survey_id = :survey AND segment = newcomer.value ->> 0)`;

const sql = {
  // A value that is in the table costs one row; the segment's values are counted only for a value that is not.
  listFitting: statement(`SELECT value ->> 0 AS segment, value ->> 1 AS value, known,
      CASE WHEN known THEN 1 ELSE ${VALUES_TAKEN} < ${limits.segmentValues} AND NOT ${IS_FOLDED} END AS fits
    FROM (
      SELECT asked.value, EXISTS (
        SELECT 1 FROM segment_values AS there
        WHERE there.survey_id = :survey AND there.segment = asked.value ->> 0 AND there.value = asked.value ->> 1
      ) AS known
      FROM json_each(:asked) AS asked
    ) AS newcomer`),
  listKnown:
    statement(`SELECT known.segment, known.value FROM json_each(:asked) AS asked CROSS JOIN segment_values AS known
    ON known.survey_id = :survey AND known.segment = asked.value ->> 0 AND known.value = asked.value ->> 1`),
  insertWhereRoom: statement(`INSERT INTO segment_values (survey_id, segment, value)
    SELECT :survey, segment, value FROM (
      SELECT asked.value ->> 0 AS segment, asked.value ->> 1 AS value,
        row_number() OVER (PARTITION BY asked.value ->> 0 ORDER BY asked.key) AS nth
      FROM json_each(:asked) AS asked
    ) AS newcomer
    WHERE nth + (
      SELECT count(*) FROM segment_values WHERE survey_id = :survey AND segment = newcomer.segment
    ) <= ${limits.segmentValues} AND NOT EXISTS (SELECT 1 FROM folding_values AS folding
      WHERE folding.survey_id = :survey AND folding.segment = newcomer.segment AND folding.value = newcomer.value)
    ON CONFLICT (survey_id, segment, value) DO NOTHING RETURNING segment, value`),
  // A response has one value of a segment, so no two of the new values are of the same segment.
  insertCounted: statement(`INSERT INTO segment_values (survey_id, segment, value)
    SELECT :survey, newcomer.value ->> 0, newcomer.value ->> 1
    FROM json_each(:newcomers) AS newcomer CROSS JOIN responses AS stored
      ON stored.survey_id = :survey AND stored.id = :id AND stored.test = 0
    WHERE EXISTS (
        SELECT 1 FROM json_each(stored.segments)
        WHERE key = newcomer.value ->> 0 AND value = newcomer.value ->> 1
      )
      AND ${VALUES_TAKEN} < ${limits.segmentValues} AND NOT ${IS_FOLDED}
    ON CONFLICT (survey_id, segment, value) DO NOTHING RETURNING segment, value`),
  eraseSegmentValues: statement(`DELETE FROM segment_values WHERE survey_id = :survey RETURNING 1`),
};

export type Pair = { segment: string; value: string };
type Segments = Record<string, string>;

type Versioned = { id: string; version: number };

/**
 * The values that this isolate has seen in the table at a version of the survey; they need no look-up. Only an erasure takes
 * values out of the table, and it raises the survey's version: a write that was checked by an older version is not stored.
 */
const seen = isolateCache<Set<string>>(500);

/** Values that no response has had yet and for which there is room. The write that brings them stores them in the table. */
export type Newcomers = readonly (readonly [segment: string, value: string])[];

/**
 * The segments, with the rest in place of each value for which there is no room, and the values that are new. Writes nothing,
 * because a send that is refused later must not use up room. Costs no query if this isolate has seen all values before.
 */
export async function fitSegments(
  store: Store,
  survey: Versioned,
  segments: Segments,
): Promise<{ segments: Segments; newcomers: Newcomers }> {
  const known = valuesSeen(survey);
  const unseen = Object.entries(segments).filter(([segment, value]) => !known.has(keyOf(segment, value)));
  if (unseen.length === 0) return { segments, newcomers: [] };
  const asked = JSON.stringify(unseen);
  const fitting = await store.all<Pair & { known: number; fits: number }>(
    sql.listFitting({ survey: survey.id, asked }),
  );
  addAll(
    known,
    fitting.filter((each) => each.known === 1),
  );
  const full = new Set(fitting.filter((each) => each.fits === 0).map(({ segment }) => segment));
  return {
    segments: mapValues(segments, (segment, value) => (full.has(segment) ? REST : value)),
    newcomers: fitting.filter((each) => each.fits === 1 && each.known === 0).map((each) => [each.segment, each.value]),
  };
}

/**
 * As SQL: the rest as the value of each segment whose new value in `:newcomers` has no room any more, because other sends
 * stored theirs meanwhile. It is part of the statement that stores the response, so that no more than a hundred are counted.
 */
export const NEWCOMERS_TOO_LATE = `(
    SELECT json_group_object(newcomer.value ->> 0, '${REST}') FROM json_each(:newcomers) AS newcomer
    WHERE NOT EXISTS (
        SELECT 1 FROM segment_values AS there WHERE there.survey_id = :survey
          AND there.segment = newcomer.value ->> 0 AND there.value = newcomer.value ->> 1
      )
      AND (${VALUES_TAKEN} >= ${limits.segmentValues} OR ${IS_FOLDED})
  )` as const;

/**
 * The statement that follows the write of a response in one transaction: it stores those new values under which the response
 * now counts. It returns the values stored, for `rememberValues`.
 */
export function keepNewcomers(survey: string, id: string, newcomers: Newcomers): Query {
  return sql.insertCounted({ survey, id, newcomers: JSON.stringify(newcomers) });
}

/** Remembers values that are in the table, so that this isolate does not look them up again. */
export function rememberValues(survey: Versioned, values: readonly Pair[]): void {
  addAll(valuesSeen(survey), values);
}

/**
 * The segments of many stored responses, with the rest in place of each value for which there is no room. New values are stored
 * at once, in the order of the responses, while there is room.
 */
export async function foldAllSegments(store: Store, survey: Versioned, all: readonly Segments[]): Promise<Segments[]> {
  const known = valuesSeen(survey);
  const unseen = () => {
    const pairs = new Map<string, [segment: string, value: string]>();
    for (const segments of all)
      for (const [segment, value] of Object.entries(segments))
        if (!known.has(keyOf(segment, value))) pairs.set(keyOf(segment, value), [segment, value]);
    return [...pairs.values()];
  };
  for (const step of [sql.listKnown, sql.insertWhereRoom]) {
    const asked = unseen();
    if (asked.length > 0)
      addAll(known, await store.all<Pair>(step({ survey: survey.id, asked: JSON.stringify(asked) })));
  }
  return all.map((segments) =>
    mapValues(segments, (segment, value) => (known.has(keyOf(segment, value)) ? value : REST)),
  );
}

function valuesSeen({ id, version }: Versioned): Set<string> {
  return seen.getOrMake(`${id} ${version}`, () => new Set());
}

function addAll(known: Set<string>, values: readonly Pair[]): void {
  for (const { segment, value } of values) known.add(keyOf(segment, value));
}

function mapValues(segments: Segments, change: (segment: string, value: string) => string): Segments {
  return Object.fromEntries(Object.entries(segments).map(([segment, value]) => [segment, change(segment, value)]));
}

function keyOf(segment: string, value: string): string {
  return segment + REST + value;
}

/** Deletes the values of a deleted survey (at most a hundred for each segment). Returns the number deleted. */
export async function eraseSegmentValues(store: Store, survey: string): Promise<number> {
  return (await store.all(sql.eraseSegmentValues({ survey }))).length;
}
