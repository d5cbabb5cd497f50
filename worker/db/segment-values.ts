/** Which values each segment was seen with: a hundred at most, so that strangers cannot grow the counters. */
import { limits } from "../../shared/limits.ts";
import { REST } from "../../shared/segments.ts";
import type { Store } from "./store.ts";

const sql = {
  listKnown: `SELECT known.segment, known.value FROM json_each(?2) AS asked
    CROSS JOIN segment_values AS known
    ON known.survey_id = ?1 AND known.segment = asked.key AND known.value = asked.value`,
  insertWhereRoom: `INSERT INTO segment_values (survey_id, segment, value)
    SELECT ?1, asked.key, asked.value FROM json_each(?2) AS asked
    WHERE (SELECT count(*) FROM segment_values WHERE survey_id = ?1 AND segment = asked.key) < ${limits.segmentValues}
    ON CONFLICT (survey_id, segment, value) DO NOTHING RETURNING segment, value`,
  eraseSegmentValues: `DELETE FROM segment_values WHERE survey_id = ?1 RETURNING 1`,
};

type Pair = { segment: string; value: string };

/** Values only ever join the table, so what one isolate has seen there stays true; it spares the look-up. */
const seen = new Map<string, Set<string>>();
const SURVEYS_SEEN = 500;

/** The segments with each value that found no room replaced by the rest. Costs no query when all have been seen. */
export async function foldSegments(
  store: Store,
  survey: string,
  segments: Record<string, string>,
): Promise<Record<string, string>> {
  const known = seenOf(survey);
  const unseen = () =>
    Object.fromEntries(Object.entries(segments).filter(([segment, value]) => !known.has(segment + REST + value)));
  const remember = (pairs: Pair[]) => {
    for (const { segment, value } of pairs) known.add(segment + REST + value);
  };
  if (!isEmpty(unseen())) remember(await store.all<Pair>(sql.listKnown, survey, JSON.stringify(unseen())));
  if (!isEmpty(unseen())) remember(await store.all<Pair>(sql.insertWhereRoom, survey, JSON.stringify(unseen())));
  const homeless = unseen();
  return Object.fromEntries(
    Object.entries(segments).map(([segment, value]) => [segment, Object.hasOwn(homeless, segment) ? REST : value]),
  );
}

/** Forgets a deleted survey's values (at most a hundred per segment); the number forgotten. */
export async function eraseSegmentValues(store: Store, survey: string): Promise<number> {
  return (await store.all(sql.eraseSegmentValues, survey)).length;
}

function seenOf(survey: string): Set<string> {
  let values = seen.get(survey);
  if (!values) {
    if (seen.size >= SURVEYS_SEEN) seen.clear();
    values = new Set();
    seen.set(survey, values);
  }
  return values;
}

function isEmpty(record: object): boolean {
  return Object.keys(record).length === 0;
}
