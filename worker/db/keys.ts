/**
 * The keys table. It holds the hash of each key and never the key. A key may make other keys, so keys form trees; the root key
 * (`ADMIN_TOKEN`) made the topmost key of each tree.
 */
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
  /** The key that made this one; null for the root key, and for a key that was made before this was stored. */
  made_by: string | null;
};

/** The key `:id`, if it is of the survey `:only` (null: of any), and with `:made` all keys below it in its tree. */
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
    WHERE :made_by IS NULL OR EXISTS (SELECT 1 FROM keys WHERE id = :made_by)
    ON CONFLICT (id) DO NOTHING RETURNING id`),
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

/** At most `limit` keys in order of id, after `after`; with `only`, those of this survey alone. */
export async function listKeys(store: Store, after: string, only: string | null, limit: number): Promise<StoredKey[]> {
  return store.all<StoredKey>(sql.listKeys({ after, only, limit }));
}

/** Stores a key. False, and nothing is stored, if the key that makes it was revoked meanwhile. */
export async function insertKey(store: Store, key: StoredKey): Promise<boolean> {
  const stored = (await store.all(sql.insertKey(key))).length > 0;
  // A repeated insert, after a lost connection, finds the row there.
  return stored || (await findKey(store, key.id)) !== null;
}

/**
 * `only`: the survey to which the asker is bound, or null. `made`: whether the keys below the key in its tree are meant too.
 */
export type Branch = { only: string | null; made: boolean };

/** The ids of the key and of the other keys meant; empty if the asker reaches no such key. */
export async function listBranch(store: Store, id: string, { only, made }: Branch): Promise<string[]> {
  const rows = await store.all<{ id: string }>(sql.listBranch({ id, only, made: Number(made) }));
  return rows.map((row) => row.id);
}

/** Revokes the keys meant, with their sessions and sign-in codes, in one transaction. Returns the number of keys. */
export async function deleteKeys(store: Store, id: string, { only, made }: Branch): Promise<number> {
  const [revoked = []] = await store.batch([
    sql.deleteKeys({ id, only, made: Number(made) }),
    sql.deleteSessionsOfNone(),
    sql.deleteCodesOfNone(),
  ]);
  return revoked.length;
}

/** Revokes all keys bound to a survey. Returns their number. */
export async function eraseKeys(store: Store, survey: string): Promise<number> {
  return (await store.all(sql.eraseKeys({ survey }))).length;
}
