/** The audit table: acts of admins, newest first. */
import type { AuditItem } from "../../shared/schema/audit.ts";
import type { Store } from "./store.ts";

export type StoredAct = {
  at: number;
  request: string;
  key_id: string;
  act: string;
  survey_id: string | null;
  target: string | null;
  detail: string;
};

const COLUMNS = "at, request, key_id, act, survey_id, target, detail";

const sql = {
  insertAct: `INSERT INTO audit (${COLUMNS}) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT (at, request) DO NOTHING`,
  listActs: `SELECT ${COLUMNS} FROM audit WHERE (at, request) < (?1, ?2) ORDER BY at DESC, request DESC LIMIT ?3`,
  listActsOfSurvey: `SELECT ${COLUMNS} FROM audit WHERE survey_id = ?4 AND (at, request) < (?1, ?2)
    ORDER BY at DESC, request DESC LIMIT ?3`,
  purgeActs: `DELETE FROM audit WHERE (at, request) IN (
    SELECT at, request FROM audit WHERE at < ?1 ORDER BY at LIMIT ?2) RETURNING 1`,
};

export async function insertAct(store: Store, act: StoredAct): Promise<void> {
  const { at, request, key_id, survey_id, target, detail } = act;
  await store.all(sql.insertAct, at, request, key_id, act.act, survey_id, target, detail);
}

/** At most `limit` acts before (`before`, `request`); only those on `survey` where the asker is bound to one. */
export async function listActs(
  store: Store,
  before: number,
  request: string,
  survey: string | null,
  limit: number,
): Promise<StoredAct[]> {
  return survey === null
    ? store.all<StoredAct>(sql.listActs, before, request, limit)
    : store.all<StoredAct>(sql.listActsOfSurvey, before, request, limit, survey);
}

/** Deletes at most `most` acts before `before`; the number deleted. */
export async function purgeActs(store: Store, before: number, most: number): Promise<number> {
  return (await store.all(sql.purgeActs, before, most)).length;
}

export function publicAct(act: StoredAct): AuditItem {
  return {
    at: new Date(act.at).toISOString(),
    request: act.request,
    key: act.key_id,
    act: act.act,
    survey: act.survey_id,
    target: act.target,
    detail: JSON.parse(act.detail),
  };
}
