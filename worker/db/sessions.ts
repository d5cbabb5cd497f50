/** The sessions and sign_in_codes tables: hashes of secrets with which a browser acts in the name of a key. */
import { statement } from "./statement.ts";
import type { Store } from "./store.ts";

/** The key of a session or a code, and the hash of that key when the session or code was made. */
export type KeyReference = { key_id: string; key_hash: string };
export type StoredSession = KeyReference & { expires_at: number };

const sql = {
  findSession: statement(`SELECT key_id, key_hash, expires_at FROM sessions WHERE hash = :hash`),
  insertSession: statement(`INSERT INTO sessions (hash, key_id, key_hash, created_at, expires_at)
    VALUES (:hash, :key_id, :key_hash, :created_at, :expires_at)
    ON CONFLICT (hash) DO NOTHING`),
  deleteSession: statement(`DELETE FROM sessions WHERE hash = :hash`),
  deleteSessionsOf: statement(`DELETE FROM sessions WHERE key_id = :key_id`),
  deleteCodesOf: statement(`DELETE FROM sign_in_codes WHERE key_id = :key_id`),
  insertCode: statement(`INSERT INTO sign_in_codes (hash, key_id, key_hash, expires_at)
    VALUES (:hash, :key_id, :key_hash, :expires_at)
    ON CONFLICT (hash) DO NOTHING`),
  takeCode: statement(`DELETE FROM sign_in_codes WHERE hash = :hash RETURNING key_id, key_hash, expires_at`),
  purgeSessions: statement(`DELETE FROM sessions WHERE expires_at <= :now`),
  purgeCodes: statement(`DELETE FROM sign_in_codes WHERE expires_at <= :now`),
};

export async function findSession(store: Store, hash: string): Promise<StoredSession | null> {
  return store.first<StoredSession>(sql.findSession({ hash }));
}

export async function insertSession(
  store: Store,
  hash: string,
  key: KeyReference,
  at: { now: number; expires: number },
): Promise<void> {
  await store.all(
    sql.insertSession({
      hash,
      key_id: key.key_id,
      key_hash: key.key_hash,
      created_at: at.now,
      expires_at: at.expires,
    }),
  );
}

export async function deleteSession(store: Store, hash: string): Promise<void> {
  await store.all(sql.deleteSession({ hash }));
}

/** Signs every browser out that signed in with this key; codes that were not used yet are gone too. */
export async function deleteSessionsOf(store: Store, keyId: string): Promise<void> {
  await store.batch([sql.deleteSessionsOf({ key_id: keyId }), sql.deleteCodesOf({ key_id: keyId })]);
}

export async function insertCode(store: Store, hash: string, key: KeyReference, expires: number): Promise<void> {
  await store.all(sql.insertCode({ hash, key_id: key.key_id, key_hash: key.key_hash, expires_at: expires }));
}

/** Deletes the code and returns its key; null if the code is unknown or expired. Of two calls at once only one gets the key. */
export async function takeCode(store: Store, hash: string, now: number): Promise<KeyReference | null> {
  const taken = await store.first<StoredSession>(sql.takeCode({ hash }));
  return taken && taken.expires_at > now ? taken : null;
}

/** Deletes expired sessions and codes. Scans both tables, which hold one row for each browser that is signed in. */
export async function purgeSessions(store: Store, now: number): Promise<void> {
  await store.batch([sql.purgeSessions({ now }), sql.purgeCodes({ now })]);
}
