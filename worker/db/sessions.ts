/** The sessions and sign_in_codes tables: hashes of secrets that stand for a key. */
import type { Store } from "./store.ts";

/** The key behind a session or a code. `hash` pins the secret it had then. */
export type Standing = { key_id: string; key_hash: string };
export type StoredSession = Standing & { expires_at: number };

const sql = {
  findSession: `SELECT key_id, key_hash, expires_at FROM sessions WHERE hash = ?1`,
  insertSession: `INSERT INTO sessions (hash, key_id, key_hash, created_at, expires_at) VALUES (?1, ?2, ?3, ?4, ?5)
    ON CONFLICT (hash) DO NOTHING`,
  deleteSession: `DELETE FROM sessions WHERE hash = ?1`,
  deleteSessionsOf: `DELETE FROM sessions WHERE key_id = ?1`,
  insertCode: `INSERT INTO sign_in_codes (hash, key_id, key_hash, expires_at) VALUES (?1, ?2, ?3, ?4)
    ON CONFLICT (hash) DO NOTHING`,
  takeCode: `DELETE FROM sign_in_codes WHERE hash = ?1 RETURNING key_id, key_hash, expires_at`,
  purgeSessions: `DELETE FROM sessions WHERE expires_at <= ?1`,
  purgeCodes: `DELETE FROM sign_in_codes WHERE expires_at <= ?1`,
};

export async function findSession(store: Store, hash: string): Promise<StoredSession | null> {
  return store.first<StoredSession>(sql.findSession, hash);
}

export async function insertSession(
  store: Store,
  hash: string,
  standing: Standing,
  at: { now: number; expires: number },
): Promise<void> {
  await store.all(sql.insertSession, hash, standing.key_id, standing.key_hash, at.now, at.expires);
}

export async function deleteSession(store: Store, hash: string): Promise<void> {
  await store.all(sql.deleteSession, hash);
}

/** Signs every browser out that signed in with this key. */
export async function deleteSessionsOf(store: Store, keyId: string): Promise<void> {
  await store.all(sql.deleteSessionsOf, keyId);
}

export async function insertCode(store: Store, hash: string, standing: Standing, expires: number): Promise<void> {
  await store.all(sql.insertCode, hash, standing.key_id, standing.key_hash, expires);
}

/** What the code stands for, and the code is gone; null for an unknown or expired one. Two takers never both get it. */
export async function takeCode(store: Store, hash: string, now: number): Promise<Standing | null> {
  const taken = await store.first<StoredSession>(sql.takeCode, hash);
  return taken && taken.expires_at > now ? taken : null;
}

/** Deletes what has expired. Scans both tables, which hold a row per signed-in browser. */
export async function purgeSessions(store: Store, now: number): Promise<void> {
  await store.batch([
    [sql.purgeSessions, now],
    [sql.purgeCodes, now],
  ]);
}
