/** The audit table: acts on people, keys and settings, newest first. */
import type { Query } from "./statement.ts";
import { statement } from "./statement.ts";
import type { Store } from "./store.ts";

export type Act = {
  at: number;
  request: string;
  key_id: string;
  act: string;
  survey_id: string | null;
  target: string | null;
  respondent: string | null;
  detail: string;
  /** Of a change of settings, as JSON: its FieldsChanged. */
  settings_change: string | null;
};

/** The settings' version (ms) that a change was made on, and the pointers of the fields that it changed. */
export type FieldsChanged = { before: number; fields: string[] };

/** One change of a survey's settings: who made which version (ms) of which. */
export type LoggedChange = FieldsChanged & { at: number; key: string };

/** `count`: rows that the act changed; null for a read, and for acts from before they were counted. */
export type StoredAct = Omit<Act, "settings_change"> & { count: number | null };

const COLUMNS = "at, request, key_id, act, survey_id, target, respondent, detail, count";

const sql = {
  insertAct: statement(
    `INSERT INTO audit (at, request, key_id, act, survey_id, target, respondent, detail, settings_change)
    VALUES (:at, :request, :key_id, :act, :survey_id, :target, :respondent, :detail, :settings_change)
    ON CONFLICT (at, request) DO NOTHING`,
  ),
  insertChange: statement(
    `INSERT INTO audit (at, request, key_id, act, survey_id, target, respondent, detail, settings_change, count)
    SELECT :at, :request, :key_id, :act, :survey_id, :target, :respondent, :detail, :settings_change, changes()
    WHERE changes() > 0
    ON CONFLICT (at, request) DO UPDATE SET count = count + excluded.count`,
  ),
  listActs: statement(
    `SELECT ${COLUMNS} FROM audit WHERE (at, request) < (:before, :request)
    ORDER BY at DESC, request DESC LIMIT :limit`,
  ),
  listActsOfSurvey: statement(
    `SELECT ${COLUMNS} FROM audit WHERE survey_id = :survey AND (at, request) < (:before, :request)
    ORDER BY at DESC, request DESC LIMIT :limit`,
  ),
  listSettingsChanges: statement(
    `SELECT at, key_id, settings_change FROM audit
    WHERE survey_id = :survey AND at > :after AND settings_change IS NOT NULL ORDER BY at, request LIMIT :limit`,
  ),
  forgetRespondent: statement(
    `UPDATE audit SET respondent = NULL WHERE respondent = :respondent AND (:only IS NULL OR survey_id = :only)`,
  ),
  forgetRespondentsOf: statement(`UPDATE audit SET respondent = NULL WHERE (at, request) IN (
    SELECT at, request FROM audit WHERE survey_id = :survey AND respondent IS NOT NULL LIMIT :most) RETURNING 1`),
  purgeActs: statement(`DELETE FROM audit WHERE (at, request) IN (
    SELECT at, request FROM audit WHERE at < :before ORDER BY at LIMIT :most) RETURNING 1`),
};

/** Writes the row of an act that changes nothing: a read. */
export async function insertAct(store: Store, act: Act): Promise<void> {
  await store.all(sql.insertAct(act));
}

/**
 * The statement that logs the one before it in a batch, if that changed a row (what its triggers changed does not count).
 * Several in a request add up in one row.
 */
export function logChange(act: Act): Query {
  return sql.insertChange(act);
}

/**
 * `store`, whose every write is one transaction with its row of the log: neither is kept without the other. Of a batch the
 * first statement is the act, the rest is what follows from it.
 */
export function recording(store: Store, act: Act): Store {
  const batch: Store["batch"] = async ([first, ...rest]) => {
    if (!first) return [];
    const [rows = [], , ...others] = await store.batch([first, logChange(act), ...rest]);
    return [rows, ...others];
  };
  const all = async <Row>(query: Query) =>
    isWrite(query) ? ((await batch([query]))[0] as Row[]) : store.all<Row>(query);
  return { all, first: async <Row>(query: Query) => (await all<Row>(query))[0] ?? null, batch };
}

function isWrite({ text }: Query): boolean {
  return !/^\s*SELECT\b/i.test(text);
}

/** At most `limit` acts before (`before`, `request`); only those on `survey` where the asker is bound to one. */
export async function listActs(
  store: Store,
  { before, request, survey, limit }: { before: number; request: string; survey: string | null; limit: number },
): Promise<StoredAct[]> {
  return survey === null
    ? store.all<StoredAct>(sql.listActs({ before, request, limit }))
    : store.all<StoredAct>(sql.listActsOfSurvey({ before, request, limit, survey }));
}

/** At most `limit` changes of the survey's settings after the version `after` (ms), the oldest first. */
export async function listSettingsChanges(
  store: Store,
  { survey, after, limit }: { survey: string; after: number; limit: number },
): Promise<LoggedChange[]> {
  type Row = { at: number; key_id: string; settings_change: string };
  const rows = await store.all<Row>(sql.listSettingsChanges({ survey, after, limit }));
  return rows.map((row) => ({ at: row.at, key: row.key_id, ...(JSON.parse(row.settings_change) as FieldsChanged) }));
}

/** The statement after which no row within the asker's bounds (null: all) says whom it was about, if it was this person. */
export function forgetRespondent(respondent: string, only: string | null): Query {
  return sql.forgetRespondent({ respondent, only });
}

/** Empties whom at most `most` acts on a deleted survey were about; the number emptied. */
export async function forgetRespondentsOf(store: Store, survey: string, most: number): Promise<number> {
  return (await store.all(sql.forgetRespondentsOf({ survey, most }))).length;
}

/** Deletes at most `most` acts before `before`; the number deleted. */
export async function purgeActs(store: Store, before: number, most: number): Promise<number> {
  return (await store.all(sql.purgeActs({ before, most }))).length;
}
