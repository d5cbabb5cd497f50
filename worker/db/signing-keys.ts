/** The signing_keys table: secrets as they are, because a signature cannot be checked with a hash of its secret. */
import type { SigningUse } from "../../shared/vocabulary.ts";
import { Problem } from "../problem.ts";
import { statement } from "./statement.ts";
import type { Store } from "./store.ts";

export type StoredSigningKey = {
  id: string;
  survey_id: string;
  use: SigningUse | "pages" | "unsubscribes";
  secret: string;
  created_at: number;
};

const sql = {
  findSigningKey: statement(`SELECT id, survey_id, use, secret, created_at FROM signing_keys WHERE id = :id`),
  findNewestSigningKey: statement(`SELECT id, survey_id, use, secret, created_at FROM signing_keys
    WHERE survey_id = :survey AND use = :use ORDER BY created_at DESC, id DESC LIMIT 1`),
  listSigningKeys: statement(`SELECT id, survey_id, use, secret, created_at FROM signing_keys
    WHERE survey_id = :survey AND id > :after ORDER BY id LIMIT :limit`),
  insertSigningKey: statement(`INSERT INTO signing_keys (id, survey_id, use, secret, created_at)
    VALUES (:id, :survey_id, :use, :secret, :created_at)
    ON CONFLICT (id) DO NOTHING`),
  insertFirstSigningKey: statement(`INSERT INTO signing_keys (id, survey_id, use, secret, created_at)
    SELECT :id, :survey_id, :use, :secret, :created_at
    WHERE NOT EXISTS (SELECT 1 FROM signing_keys WHERE survey_id = :survey_id AND use = :use)
    ON CONFLICT (id) DO NOTHING`),
  deleteSigningKey: statement(`DELETE FROM signing_keys WHERE id = :id AND survey_id = :survey RETURNING id`),
  eraseSigningKeys: statement(`DELETE FROM signing_keys WHERE survey_id = :survey RETURNING 1`),
};

/** The secret of all unsubscribe links, which a migration made. Throws `not_ready` before that migration. */
export async function unsubscribeSecret(store: Store): Promise<string> {
  const key = await findSigningKey(store, "unsub000");
  if (!key) throw new Problem("not_ready");
  return key.secret;
}

export async function findSigningKey(store: Store, id: string): Promise<StoredSigningKey | null> {
  return store.first<StoredSigningKey>(sql.findSigningKey({ id }));
}

/** The newest key of this use, with which new tokens are signed. Older keys only check tokens. */
export async function findNewestSigningKey(
  store: Store,
  survey: string,
  use: StoredSigningKey["use"],
): Promise<StoredSigningKey | null> {
  return store.first<StoredSigningKey>(sql.findNewestSigningKey({ survey, use }));
}

/** At most `limit` keys in order of id, after `after`. */
export async function listSigningKeys(
  store: Store,
  survey: string,
  after: string,
  limit: number,
): Promise<StoredSigningKey[]> {
  return store.all<StoredSigningKey>(sql.listSigningKeys({ survey, after, limit }));
}

export async function insertSigningKey(store: Store, key: StoredSigningKey): Promise<void> {
  await store.all(sql.insertSigningKey(key));
}

/** Stores the key unless the survey has a key for that use already. */
export async function insertFirstSigningKey(store: Store, key: StoredSigningKey): Promise<void> {
  await store.all(sql.insertFirstSigningKey(key));
}

/** Deletes the key, so that nothing signed with it is accepted any more. False if the survey has no such key. */
export async function deleteSigningKey(store: Store, survey: string, id: string): Promise<boolean> {
  return (await store.all(sql.deleteSigningKey({ id, survey }))).length > 0;
}

export async function eraseSigningKeys(store: Store, survey: string): Promise<number> {
  return (await store.all(sql.eraseSigningKeys({ survey }))).length;
}
