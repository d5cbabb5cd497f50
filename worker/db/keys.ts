/** The keys table: hashes, never keys. Keys make keys, so they form trees, whose roots were made with the root key. */
import type { Scope } from "../../shared/vocabulary.ts";
import { statement } from "./statement.ts";
import type { Store } from "./store.ts";

export type StoredKey = {
  id: string;
  hash: string;
  name: string;
  scope: Scope;
  survey_id: string | null;
  created_at: number;
  expires_at: number | null;
  /** The key that made it; null: the root key, or not known any more. */
  made_by: string | null;
};

/** The key, if the asker reaches it, and with `:made` those that it made, that those made, and so on. */
const GOING = `WITH RECURSIVE going(id) AS (
    SELECT id FROM keys WHERE id = :id AND (:only IS NULL OR survey_id = :only)
    UNION SELECT made.id FROM going JOIN keys AS made ON made.made_by = going.id WHERE :made
  )`;

const sql = {
  findKey: statement(`SELECT id, hash, name, scope, survey_id, created_at, expires_at, made_by FROM keys
    WHERE id = :id`),
  listKeys: statement(`SELECT id, hash, name, scope, survey_id, created_at, expires_at, made_by FROM keys
    WHERE id > :after AND (:only IS NULL OR survey_id = :only) ORDER BY id LIMIT :limit`),
  insertKey: statement(`INSERT INTO keys (id, hash, name, scope, survey_id, created_at, expires_at, made_by)
    SELECT :id, :hash, :name, :scope, :survey_id, :created_at, :expires_at, :made_by
    WHERE :made_by IS NULL OR EXISTS (SELECT 1 FROM keys WHERE id = :made_by) RETURNING id`),
  listBranch: statement(`${GOING} SELECT id FROM going`),
  deleteKeys: statement(`${GOING} DELETE FROM keys WHERE id IN (SELECT id FROM going) RETURNING id`),
  deleteSessionsOfNone: statement(`DELETE FROM sessions
    WHERE key_id <> 'root' AND NOT EXISTS (SELECT 1 FROM keys WHERE id = key_id)`),
  deleteCodesOfNone: statement(`DELETE FROM sign_in_codes
    WHERE key_id <> 'root' AND NOT EXISTS (SELECT 1 FROM keys WHERE id = key_id)`),
  eraseKeys: statement(`DELETE FROM keys WHERE survey_id = :survey RETURNING 1`),
};

export async function findKey(store: Store, id: string): Promise<StoredKey | null> {
  return store.first<StoredKey>(sql.findKey({ id }));
}

/** In order of id, after `after`; only those of survey `only` where the asker is bound to one. */
export async function listKeys(store: Store, after: string, only: string | null, limit: number): Promise<StoredKey[]> {
  return store.all<StoredKey>(sql.listKeys({ after, only, limit }));
}

/** False, and no key, if the one that makes it was revoked meanwhile: nothing of a revoked key outlives it by a moment. */
export async function insertKey(store: Store, key: StoredKey): Promise<boolean> {
  return (await store.all(sql.insertKey(key))).length > 0;
}

/** The asker's bounds, and whether the keys that a key made are meant with it, and those that they made. */
export type Branch = { only: string | null; made: boolean };

/** The ids of the key and of those meant with it; empty if there is no such key within the asker's bounds. */
export async function listBranch(store: Store, id: string, { only, made }: Branch): Promise<string[]> {
  const rows = await store.all<{ id: string }>(sql.listBranch({ id, only, made: Number(made) }));
  return rows.map((row) => row.id);
}

/** Revokes them at once, with the sessions and codes that stand for them; their number. */
export async function deleteKeys(store: Store, id: string, { only, made }: Branch): Promise<number> {
  const [revoked = []] = await store.batch([
    sql.deleteKeys({ id, only, made: Number(made) }),
    sql.deleteSessionsOfNone(),
    sql.deleteCodesOfNone(),
  ]);
  return revoked.length;
}

/** Revokes all keys bound to a survey; their number. */
export async function eraseKeys(store: Store, survey: string): Promise<number> {
  return (await store.all(sql.eraseKeys({ survey }))).length;
}
