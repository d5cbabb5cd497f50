/**
 * Erasure of responses by their ids, and of what they leave in the counters. A value of a segment under which fewer than
 * `limits.sharedValueLeast` responses are still counted could tell who they are, so the value is folded: its responses count
 * under the rest (`REST`) from then on.
 *
 * A value under which no response is counted is folded at once. Where a few other responses have the value, they are looked
 * for in chunks (`foldChunk`). Meanwhile the value is in folding_values, so that no write can count under it again: each step
 * raises the survey's version, and every write and every isolate's memory of values depends on that version.
 */
import { limits } from "../../shared/limits.ts";
import { CROSS, REST } from "../../shared/segments.ts";
import type { Act } from "./audit.ts";
import { logChange } from "./audit.ts";
import { COUNTERS, outdateFigures } from "./rollups.ts";
import type { Query } from "./statement.ts";
import { statement } from "./statement.ts";
import type { Store } from "./store.ts";

/** The columns that erasure empties: all that names or describes the person. */
const BLANK = `comment = NULL, comment_at = NULL, folded = NULL, respondent_id = NULL, respondent_verified = 0,
  properties = '{}', page = NULL, locale = NULL, language = NULL, device = NULL, note = NULL, tags = '[]', assignee = NULL, secret_hash = NULL, sealed = 1,
  segments = (SELECT json_group_object(key, value) FROM json_each(segments)
    WHERE key IN ('channel', 'language', 'device', 'flagged'))`;

/** The values of these segments are the collector's own words and identify nobody. */
const OWN_WORDS = `'channel', 'device', 'flagged', 'unverified'`;

const NAMED = `(SELECT value FROM json_each(:ids))`;

/** The counters of zero on the days of the erased responses: a value that a later send replaced has left such a row. */
const THEIR_DAYS = `(SELECT DISTINCT segment FROM segment_values
    WHERE survey_id = :survey AND segment NOT IN (${OWN_WORDS})) AS named
  CROSS JOIN (SELECT DISTINCT day FROM responses WHERE survey_id = :survey AND id IN ${NAMED}) AS erased
  CROSS JOIN rollups AS counted ON counted.survey_id = :survey AND counted.segment = named.segment
    AND counted.day = erased.day AND counted.responses = 0 AND counted.value <> '${REST}'`;

/** The key of every row of counters of the values that are being folded; the rows of totals tell on which days they are. */
const FOLDED_ROWS = `SELECT folding.survey_id, folding.segment, total.day, folding.value FROM folding_values AS folding
  CROSS JOIN rollups AS total ON total.survey_id = folding.survey_id AND total.segment = ''
  WHERE folding.survey_id = :survey`;

const IS_DONE = `(folding.remaining = 0 OR (:last AND folding.after >= :after))`;

/** The segments of a response with the folded values replaced, and whether the response has such a value. */
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
      AND (sealed = 0 OR excluded < :drop_score OR note IS NOT NULL OR tags <> '[]' OR assignee IS NOT NULL)
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
  /** If given, only responses of this person are erased. */
  respondent?: string;
  now: number;
  /** The survey's today. */
  day: string;
  /** Whether the responses are taken out of the figures too. */
  dropScore?: boolean;
};

/** Ids of at most `most` responses of the person to the survey. */
export async function listIdsOf(store: Store, survey: string, respondent: string, most: number): Promise<string[]> {
  return (await store.all<{ id: string }>(sql.listIdsOf({ survey, respondent, most }))).map(({ id }) => id);
}

/**
 * Empties all that names or describes the person in the responses, closes them to further sends, deletes the invitations
 * that they answered, and folds the segment values that nobody else shares. The bare scores stay unless `dropScore`. A second
 * call erases what was stored since the first. All of this is one transaction with the row of the log. Returns the number of
 * responses erased.
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

/** The statements that add the counters of each value that no response has any more to the rest, and delete the value. */
function foldingDone(survey: string, { after, last }: { after: string; last: boolean }): Query[] {
  const where = { survey, after, last: Number(last) };
  return [sql.countRemaining({ survey }), sql.moveToRest(where), sql.dropFolded(where), sql.forgetDone(where)];
}

/** At most `most` surveys that have values to fold. */
export async function listFolding(store: Store, most: number): Promise<string[]> {
  return (await store.all<{ survey: string }>(sql.listFolding({ most }))).map(({ survey }) => survey);
}

/** Folds the values in the next `most` responses of the survey. Returns how many it looked at; null if none is to be folded. */
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

/** Deletes the values that were to be folded in a deleted survey. Returns their number. */
export async function eraseFoldingValues(store: Store, survey: string): Promise<number> {
  return (await store.all(sql.eraseFoldingValues({ survey }))).length;
}
