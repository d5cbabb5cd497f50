/** The audit table: acts of admins, newest first. */
import type { AuditItem } from "../../shared/schema/audit.ts";
import { statement } from "./statement.ts";
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
  insertAct: statement(
    `INSERT INTO audit (${COLUMNS}) VALUES (:at, :request, :key_id, :act, :survey_id, :target, :detail)
    ON CONFLICT (at, request) DO NOTHING`,
  ),
  listActs: statement(
    `SELECT ${COLUMNS} FROM audit WHERE (at, request) < (:before, :request)
    ORDER BY at DESC, request DESC LIMIT :limit`,
  ),
  listActsOfSurvey:
    statement(`SELECT ${COLUMNS} FROM audit WHERE survey_id = :survey AND (at, request) < (:before, :request)
    ORDER BY at DESC, request DESC LIMIT :limit`),
  purgeActs: statement(`DELETE FROM audit WHERE (at, request) IN (
    SELECT at, request FROM audit WHERE at < :before ORDER BY at LIMIT :most) RETURNING 1`),
};

export async function insertAct(store: Store, act: StoredAct): Promise<void> {
  await store.all(sql.insertAct(act));
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
    ? store.all<StoredAct>(sql.listActs({ before, request, limit }))
    : store.all<StoredAct>(sql.listActsOfSurvey({ before, request, limit, survey }));
}

/** Deletes at most `most` acts before `before`; the number deleted. */
export async function purgeActs(store: Store, before: number, most: number): Promise<number> {
  return (await store.all(sql.purgeActs({ before, most }))).length;
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
