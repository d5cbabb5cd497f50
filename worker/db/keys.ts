/** The keys table: hashes, never keys. */
import type { ApiKey } from "../../shared/schema/key.ts";
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
};

const sql = {
  findKey: statement(`SELECT id, hash, name, scope, survey_id, created_at, expires_at FROM keys WHERE id = :id`),
  listKeys: statement(`SELECT id, hash, name, scope, survey_id, created_at, expires_at FROM keys
    WHERE id > :after AND (:only IS NULL OR survey_id = :only) ORDER BY id LIMIT :limit`),
  insertKey: statement(`INSERT INTO keys (id, hash, name, scope, survey_id, created_at, expires_at)
    VALUES (:id, :hash, :name, :scope, :survey_id, :created_at, :expires_at)`),
  deleteKey: statement(`DELETE FROM keys WHERE id = :id AND (:only IS NULL OR survey_id = :only) RETURNING id`),
  eraseKeys: statement(`DELETE FROM keys WHERE survey_id = :survey RETURNING 1`),
};

export async function findKey(store: Store, id: string): Promise<StoredKey | null> {
  return store.first<StoredKey>(sql.findKey({ id }));
}

/** In order of id, after `after`; only those of survey `only` where the asker is bound to one. */
export async function listKeys(store: Store, after: string, only: string | null, limit: number): Promise<StoredKey[]> {
  return store.all<StoredKey>(sql.listKeys({ after, only, limit }));
}

export async function insertKey(store: Store, key: StoredKey): Promise<void> {
  await store.all(sql.insertKey(key));
}

/** Revokes at once; false if there is no such key within the asker's bounds. */
export async function deleteKey(store: Store, id: string, only: string | null): Promise<boolean> {
  return (await store.all(sql.deleteKey({ id, only }))).length > 0;
}

/** Revokes all keys bound to a survey; their number. */
export async function eraseKeys(store: Store, survey: string): Promise<number> {
  return (await store.all(sql.eraseKeys({ survey }))).length;
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
