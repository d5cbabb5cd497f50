/**
 * Erasure of responses by their ids, and of what they leave in the counters: a segment's value that fewer than
 * `limits.sharedValueLeast` responses are still counted under says who they are, so it is folded into the rest.
 *
 * A value that nobody is counted under goes at once. Where a few others have it, their responses are looked through in
 * chunks (`foldChunk`), and meanwhile the value stands in folding_values, whence no write can count it anew: each step
 * raises the survey's version, on which every write and every isolate's memory of values depends.
 */
import { limits } from "../../shared/limits.ts";
import { CROSS, REST } from "../../shared/segments.ts";
import type { Act } from "./audit.ts";
import { logChange } from "./audit.ts";
import { COUNTERS, outdateFigures } from "./rollups.ts";
import type { Query } from "./statement.ts";
import { statement } from "./statement.ts";
import type { Store } from "./store.ts";

/** What erasure takes: all that names or describes the person. */
const BLANK = `comment = NULL, comment_at = NULL, folded = NULL, respondent_id = NULL, respondent_verified = 0,
  properties = '{}', page = NULL, locale = NULL, language = NULL, device = NULL, note = NULL, tags = '[]', secret_hash = NULL, sealed = 1,
  segments = (SELECT json_group_object(key, value) FROM json_each(segments)
    WHERE key IN ('channel', 'language', 'device', 'flagged'))`;

/** Values of these are the collector's own words, and say nothing of anybody. */
const OWN_WORDS = `'channel', 'device', 'flagged', 'unverified'`;

const NAMED = `(SELECT value FROM json_each(:ids))`;

/** The erased responses' days in each segment: a value that was amended away has left a row of zeros there. */
const THEIR_DAYS = `(SELECT DISTINCT segment FROM segment_values
    WHERE survey_id = :survey AND segment NOT IN (${OWN_WORDS})) AS named
  CROSS JOIN (SELECT DISTINCT day FROM responses WHERE survey_id = :survey AND id IN ${NAMED}) AS erased
  CROSS JOIN rollups AS counted ON counted.survey_id = :survey AND counted.segment = named.segment
    AND counted.day = erased.day AND counted.responses = 0 AND counted.value <> '${REST}'`;

/** Every row of counters of a value that is being folded, found by key: the totals tell the days. */
const FOLDED_ROWS = `SELECT folding.survey_id, folding.segment, total.day, folding.value FROM folding_values AS folding
  CROSS JOIN rollups AS total ON total.survey_id = folding.survey_id AND total.segment = ''
  WHERE folding.survey_id = :survey`;

const IS_DONE = `(folding.remaining = 0 OR (:last AND folding.after >= :after))`;

/** A response's segments with those values replaced; and whether it has one. */
const FOLDED = `(SELECT json_group_object(key, iif(EXISTS (SELECT 1 FROM folding_values AS folding
    WHERE folding.survey_id = :survey AND folding.segment = own.key AND folding.value = own.value), '${REST}', value))
  FROM json_each(responses.segments) AS own)`;
const HAS_FOLDED = `EXISTS (SELECT 1 FROM json_each(responses.segments) AS own CROSS JOIN folding_values AS folding
  ON folding.survey_id = :survey AND folding.segment = own.key AND folding.value = own.value)`;

const COUNTER_NAMES = [...COUNTERS.split(", "), "changes"];

const sql = {
  listIdsOf: statement(`SELECT id FROM responses INDEXED BY responses_by_respondent
    WHERE respondent_id = :respondent AND survey_id = :survey LIMIT :most`),
  noteValues: statement(`INSERT INTO folding_values (survey_id, segment, value)
    SELECT DISTINCT :survey, own.key, own.value FROM json_each(:ids) AS asked
    CROSS JOIN responses ON responses.survey_id = :survey AND responses.id = asked.value
    CROSS JOIN json_each(responses.segments) AS own
    WHERE own.key NOT IN (${OWN_WORDS}) AND substr(own.key, 1, 1) <> '${CROSS}' AND own.value <> '${REST}'
    ON CONFLICT (survey_id, segment, value) DO NOTHING`),
  seal: statement(`UPDATE responses SET ${BLANK}, updated_at = max(:now, updated_at + 1), updated_day = :day,
      excluded = max(excluded, :drop_score)
    WHERE survey_id = :survey AND id IN ${NAMED} AND (:respondent IS NULL OR respondent_id = :respondent)
      AND (sealed = 0 OR excluded < :drop_score OR note IS NOT NULL OR tags <> '[]')
    RETURNING 1`),
  noteAmended: statement(`INSERT INTO folding_values (survey_id, segment, value)
    SELECT DISTINCT :survey, counted.segment, counted.value FROM ${THEIR_DAYS}
    WHERE true ON CONFLICT (survey_id, segment, value) DO NOTHING`),
  countRemaining: statement(`UPDATE folding_values SET remaining = coalesce((
      SELECT sum(counted.responses) FROM rollups AS total CROSS JOIN rollups AS counted
        ON counted.survey_id = total.survey_id AND counted.segment = folding_values.segment
        AND counted.day = +total.day AND counted.value = folding_values.value
      WHERE total.survey_id = :survey AND total.segment = ''), 0)
    WHERE survey_id = :survey`),
  keepShared: statement(`DELETE FROM folding_values
    WHERE survey_id = :survey AND after = '' AND remaining >= ${limits.sharedValueLeast}`),
  closeValues: statement(`DELETE FROM segment_values WHERE survey_id = :survey AND (segment, value) IN (
    SELECT segment, value FROM folding_values WHERE survey_id = :survey)`),
  foldNamed: statement(`UPDATE responses SET segments = ${FOLDED}, updated_day = :day
    WHERE survey_id = :survey AND id IN ${NAMED} AND ${HAS_FOLDED}`),
  dropZeros: statement(`DELETE FROM rollups WHERE (survey_id, segment, day, value) IN (
    SELECT counted.survey_id, counted.segment, counted.day, counted.value FROM ${THEIR_DAYS})`),
  deleteInvitations: statement(`DELETE FROM invitations WHERE survey_id = :survey AND id IN ${NAMED}`),
  raiseVersion: statement(`UPDATE surveys SET version = version + 1 WHERE id = :survey`),
  listFolding: statement(`SELECT DISTINCT survey_id AS survey FROM folding_values LIMIT :most`),
  findFoldingStart: statement(`SELECT min(after) AS after FROM folding_values WHERE survey_id = :survey`),
  findReach: statement(`SELECT count(*) AS rows, max(id) AS reached FROM (
    SELECT id FROM responses WHERE survey_id = :survey AND id > :after ORDER BY id LIMIT :most)`),
  foldChunk: statement(`UPDATE responses SET segments = ${FOLDED}, updated_day = :day
    WHERE survey_id = :survey AND id > :after AND (:last OR id <= :reached) AND ${HAS_FOLDED}`),
  moveToRest: statement(`INSERT INTO rollups (survey_id, segment, day, value, ${COUNTER_NAMES.join(", ")})
    SELECT survey_id, segment, day, '${REST}', ${COUNTER_NAMES.join(", ")} FROM rollups
    WHERE (survey_id, segment, day, value) IN (${FOLDED_ROWS} AND ${IS_DONE})
    ON CONFLICT (survey_id, segment, day, value) DO UPDATE SET
      ${COUNTER_NAMES.map((name) => `${name} = ${name} + excluded.${name}`).join(", ")}`),
  dropFolded: statement(
    `DELETE FROM rollups WHERE (survey_id, segment, day, value) IN (${FOLDED_ROWS} AND ${IS_DONE})`,
  ),
  forgetDone: statement(`DELETE FROM folding_values AS folding WHERE survey_id = :survey AND ${IS_DONE}`),
  advance: statement(`UPDATE folding_values SET after = max(after, :reached) WHERE survey_id = :survey`),
  eraseFoldingValues: statement(`DELETE FROM folding_values WHERE survey_id = :survey RETURNING 1`),
};

export type Erasing = {
  survey: string;
  ids: readonly string[];
  /** Only those that are this person's. */
  respondent?: string;
  now: number;
  /** The survey's today. */
  day: string;
  /** Takes them out of the figures too. */
  dropScore?: boolean;
};

/** Ids of at most `most` responses of the person to the survey. */
export async function listIdsOf(store: Store, survey: string, respondent: string, most: number): Promise<string[]> {
  return (await store.all<{ id: string }>(sql.listIdsOf({ survey, respondent, most }))).map(({ id }) => id);
}

/**
 * Blanks all that names or describes the person in the responses, closes them to further sends, deletes the invitations
 * they answered and what nobody else shares of their segment values; the bare scores stay unless `dropScore`. Again takes
 * whatever came since. All in one transaction with the row of the log. The number blanked.
 */
export async function sealResponses(store: Store, erasing: Erasing, act: Act | null): Promise<number> {
  const { survey, now, day, respondent = null } = erasing;
  const ids = JSON.stringify(erasing.ids);
  const [, sealed = []] = await store.batch([
    sql.noteValues({ survey, ids }),
    sql.seal({ survey, ids, respondent, now, day, drop_score: Number(erasing.dropScore ?? false) }),
    ...(act ? [logChange(act)] : []),
    sql.noteAmended({ survey, ids }),
    sql.countRemaining({ survey }),
    sql.keepShared({ survey }),
    sql.closeValues({ survey }),
    sql.foldNamed({ survey, ids, day }),
    sql.dropZeros({ survey, ids }),
    ...foldingDone(survey, { after: "", last: false }),
    sql.deleteInvitations({ survey, ids }),
    sql.raiseVersion({ survey }),
  ]);
  return sealed.length;
}

/** Moves the counters of each value that no response has any more to the rest, and forgets the value. */
function foldingDone(survey: string, { after, last }: { after: string; last: boolean }): Query[] {
  const where = { survey, after, last: Number(last) };
  return [sql.countRemaining({ survey }), sql.moveToRest(where), sql.dropFolded(where), sql.forgetDone(where)];
}

/** At most `most` surveys that have values to fold. */
export async function listFolding(store: Store, most: number): Promise<string[]> {
  return (await store.all<{ survey: string }>(sql.listFolding({ most }))).map(({ survey }) => survey);
}

/** Looks through the next `most` responses of the survey; the number seen, null when there is nothing to fold. */
export async function foldChunk(store: Store, survey: string, day: string, most: number): Promise<number | null> {
  const start = await store.first<{ after: string | null }>(sql.findFoldingStart({ survey }));
  if (start?.after == null) return null;
  const { after } = start;
  const reach = (await store.first<{ rows: number; reached: string | null }>(sql.findReach({ survey, after, most })))!;
  const reached = reach.reached ?? after;
  const last = reach.rows < most;
  await store.batch([
    sql.foldChunk({ survey, day, after, reached, last: Number(last) }),
    ...foldingDone(survey, { after, last }),
    sql.advance({ survey, reached }),
    sql.raiseVersion({ survey }),
    outdateFigures(survey, day),
  ]);
  return reach.rows;
}

/** Forgets what was to be folded in a deleted survey. */
export async function eraseFoldingValues(store: Store, survey: string): Promise<number> {
  return (await store.all(sql.eraseFoldingValues({ survey }))).length;
}
