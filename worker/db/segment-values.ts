/** Which values each segment was seen with: a hundred at most, so that strangers cannot grow the counters. */
import { limits } from "../../shared/limits.ts";
import { REST } from "../../shared/segments.ts";
import { isolateCache } from "../isolate-cache.ts";
import { statement } from "./statement.ts";
import type { Store } from "./store.ts";

const sql = {
  listKnown:
    statement(`SELECT known.segment, known.value FROM json_each(:asked) AS asked CROSS JOIN segment_values AS known
    ON known.survey_id = :survey AND known.segment = asked.value ->> 0 AND known.value = asked.value ->> 1`),
  insertWhereRoom: statement(`INSERT INTO segment_values (survey_id, segment, value)
    SELECT :survey, segment, value FROM (
      SELECT asked.value ->> 0 AS segment, asked.value ->> 1 AS value,
        row_number() OVER (PARTITION BY asked.value ->> 0 ORDER BY asked.key) AS place
      FROM json_each(:asked) AS asked
    ) AS newcomer
    WHERE place + (
      SELECT count(*) FROM segment_values WHERE survey_id = :survey AND segment = newcomer.segment
    ) <= ${limits.segmentValues} AND NOT EXISTS (SELECT 1 FROM folding_values AS folding
      WHERE folding.survey_id = :survey AND folding.segment = newcomer.segment AND folding.value = newcomer.value)
      AND NOT EXISTS (SELECT 1 FROM responses WHERE survey_id = :survey AND id = :id AND sealed = 1)
    ON CONFLICT (survey_id, segment, value) DO NOTHING RETURNING segment, value`),
  eraseSegmentValues: statement(`DELETE FROM segment_values WHERE survey_id = :survey RETURNING 1`),
};

type Pair = { segment: string; value: string };
type Segments = Record<string, string>;
type Versioned = { id: string; version: number };

/**
 * What one isolate has seen in the table at a version of the survey; it spares the look-up. Values only join the table,
 * but for an erasure, which raises the version: a write that was judged on an older one is not stored.
 */
const seen = isolateCache<Set<string>>(500);

/**
 * The segments with each value that found no room replaced by the rest; a new value of an erased response (`id`) finds none.
 * Costs no query when all have been seen.
 */
export async function foldSegments(
  store: Store,
  survey: Versioned,
  segments: Segments,
  id: string | null = null,
): Promise<Segments> {
  return (await foldAllSegments(store, survey, [segments], id))[0] ?? {};
}

/** The same for many responses at the cost of one; the first to come find room. */
export async function foldAllSegments(
  store: Store,
  { id: survey, version }: Versioned,
  all: readonly Segments[],
  id: string | null = null,
): Promise<Segments[]> {
  const known = seen.getOrMake(`${survey} ${version}`, () => new Set());
  const unseen = () => {
    const pairs = new Map<string, [segment: string, value: string]>();
    for (const segments of all)
      for (const [segment, value] of Object.entries(segments))
        if (!known.has(keyOf(segment, value))) pairs.set(keyOf(segment, value), [segment, value]);
    return [...pairs.values()];
  };
  const remember = (pairs: Pair[]) => {
    for (const { segment, value } of pairs) known.add(keyOf(segment, value));
  };
  for (const step of [sql.listKnown, sql.insertWhereRoom]) {
    const asked = unseen();
    if (asked.length > 0) remember(await store.all<Pair>(step({ survey, id, asked: JSON.stringify(asked) })));
  }
  return all.map((segments) =>
    Object.fromEntries(
      Object.entries(segments).map(([segment, value]) => [segment, known.has(keyOf(segment, value)) ? value : REST]),
    ),
  );
}

function keyOf(segment: string, value: string): string {
  return segment + REST + value;
}

/** Forgets a deleted survey's values (at most a hundred per segment); the number forgotten. */
export async function eraseSegmentValues(store: Store, survey: string): Promise<number> {
  return (await store.all(sql.eraseSegmentValues({ survey }))).length;
}
