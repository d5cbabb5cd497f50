/** The keys table: hashes, never keys. */
import type { ApiKey, Scope } from "../../shared/schema/key.ts";
import type { Store } from "./store.ts";

export type StoredKey = {
  id: string;
  hash: string;
  name: string;
  scope: Scope;
  survey_id: string | null;
  created_at: number;
  expires_at: number | null;
};

const sql = {
  findKey: `SELECT id, hash, name, scope, survey_id, created_at, expires_at FROM keys WHERE id = ?1`,
  listKeys: `SELECT id, hash, name, scope, survey_id, created_at, expires_at FROM keys
    WHERE id > ?1 AND (?2 IS NULL OR survey_id = ?2) ORDER BY id LIMIT ?3`,
  insertKey: `INSERT INTO keys (id, hash, name, scope, survey_id, created_at, expires_at)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)`,
  deleteKey: `DELETE FROM keys WHERE id = ?1 AND (?2 IS NULL OR survey_id = ?2) RETURNING id`,
  eraseKeys: `DELETE FROM keys WHERE survey_id = ?1 RETURNING 1`,
};

export async function findKey(store: Store, id: string): Promise<StoredKey | null> {
  return store.first<StoredKey>(sql.findKey, id);
}

/** In order of id, after `after`; only those of survey `only` where the asker is bound to one. */
export async function listKeys(store: Store, after: string, only: string | null, limit: number): Promise<StoredKey[]> {
  return store.all<StoredKey>(sql.listKeys, after, only, limit);
}

export async function insertKey(store: Store, key: StoredKey): Promise<void> {
  const { id, hash, name, scope, survey_id, created_at, expires_at } = key;
  await store.all(sql.insertKey, id, hash, name, scope, survey_id, created_at, expires_at);
}

/** Revokes at once; false if there is no such key within the asker's bounds. */
export async function deleteKey(store: Store, id: string, only: string | null): Promise<boolean> {
  return (await store.all(sql.deleteKey, id, only)).length > 0;
}

/** Revokes all keys bound to a survey; their number. */
export async function eraseKeys(store: Store, survey: string): Promise<number> {
  return (await store.all(sql.eraseKeys, survey)).length;
}

export function publicKey(key: StoredKey): ApiKey {
  return {
    id: key.id,
    name: key.name,
    scope: key.scope,
    survey: key.survey_id,
    created_at: new Date(key.created_at).toISOString(),
    expires_at: key.expires_at === null ? null : new Date(key.expires_at).toISOString(),
  };
}
