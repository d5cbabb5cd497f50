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

/** One change of a survey's settings: the key that made it, the version (ms) that it made, and the one it was made on. */
export type LoggedChange = FieldsChanged & { at: number; key: string };

/** `count`: how many rows the act changed; null for a read, and for an act that was logged before rows were counted. */
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
 * The statement that logs the statement before it in a batch, if that statement changed a row (rows that its triggers changed
 * do not count). The acts of one request are added up in one row of the log.
 */
export function logChange(act: Act): Query {
  return sql.insertChange(act);
}

/**
 * A store like `store` that commits every write together with its row of the log, or commits neither. In a batch the first
 * statement is the act, and the other statements follow from it.
 */
export function recording(store: Store, act: Act): Store {
  const batch: Store["batch"] = async ([first, ...rest]) => {
    if (!first) return [];
    const [rows = [], , ...others] = await store.batch([first, logChange(act), ...rest]);
    return [rows, ...others];
  };
  const all = async <Row>(query: Query) =>
    isWrite(query) ? ((await batch([query]))[0] as Row[]) : store.all<Row>(query);
  return { ...store, all, first: async <Row>(query: Query) => (await all<Row>(query))[0] ?? null, batch };
}

function isWrite({ text }: Query): boolean {
  return !/^\s*SELECT\b/i.test(text);
}

/** At most `limit` acts before (`before`, `request`), newest first; with a `survey` only the acts on that survey. */
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

/** The statement that takes this person's id out of the log: out of the rows on the survey `only`, or (null) out of all. */
export function forgetRespondent(respondent: string, only: string | null): Query {
  return sql.forgetRespondent({ respondent, only });
}

/** Takes the respondents' ids out of at most `most` acts on a deleted survey. Returns the number of acts changed. */
export async function forgetRespondentsOf(store: Store, survey: string, most: number): Promise<number> {
  return (await store.all(sql.forgetRespondentsOf({ survey, most }))).length;
}

/** Deletes at most `most` acts from before `before`. Returns the number deleted. */
export async function purgeActs(store: Store, before: number, most: number): Promise<number> {
  return (await store.all(sql.purgeActs({ before, most }))).length;
}
