/** The hooks table: at which addresses a survey is told of events, and what each received last. */
import type { Bitrix24, NewHook } from "../../shared/schema/hook.ts";
import type { HookSkip } from "../../shared/vocabulary.ts";
import type { Query } from "./statement.ts";
import { statement } from "./statement.ts";
import type { Store } from "./store.ts";

/** What an owner sets, without the secrets. */
export type HookSettings = Omit<NewHook, "name" | "secret" | "bitrix24"> & {
  bitrix24: Pick<Bitrix24, "link_field"> | null;
};

/** With what a sender signs, and the two secrets of a Bitrix24. */
export type HookSecrets = {
  secret: string | null;
  bitrix24: Pick<Bitrix24, "application_token" | "inbound_url"> | null;
};

export type StoredHook = {
  id: string;
  survey: string;
  name: string;
  keyHash: string;
  settings: HookSettings;
  secrets: HookSecrets;
  createdAt: number;
  offAt: number | null;
};

/** What came last: `outcome` of the first event in it, and the payload, shortened, as JSON. */
export type LastPayload = {
  receivedAt: number;
  outcome: "invited" | HookSkip;
  respondent: string | null;
  payload: string | null;
};

/** `last` is null where nothing came within the time for which it is kept. */
export type HookWithLast = StoredHook & { last: LastPayload | null };

type Row = Record<"id" | "survey_id" | "name" | "key_hash" | "settings" | "secrets", string> & {
  created_at: number;
  off_at: number | null;
};
type LastRow = Row & {
  received_at: number | null;
  outcome: LastPayload["outcome"];
  respondent_id: string | null;
  payload: string | null;
};

const COLUMNS = "id, survey_id, name, key_hash, settings, secrets, created_at, off_at";

const sql = {
  findHook: statement(`SELECT ${COLUMNS} FROM hooks WHERE id = :id AND deleted_at IS NULL`),
  listHooks: statement(`SELECT h.id, h.survey_id, h.name, h.key_hash, h.settings, h.secrets, h.created_at, h.off_at,
      p.received_at, p.outcome, p.respondent_id, p.payload
    FROM hooks AS h LEFT JOIN hook_payloads AS p ON p.hook_id = h.id AND p.received_at > :since
    WHERE h.survey_id = :survey AND (:only IS NULL OR h.id = :only) AND h.deleted_at IS NULL AND h.id > :after
    ORDER BY h.id LIMIT :limit`),
  insertHook: statement(`INSERT INTO hooks (id, survey_id, name, key_hash, settings, secrets, created_at)
    SELECT :id, :survey, :name, :key_hash, :settings, :secrets, :now
    WHERE (SELECT count(*) FROM hooks WHERE survey_id = :survey AND deleted_at IS NULL) < :most
    ON CONFLICT (id) DO NOTHING RETURNING id`),
  updateHook: statement(`UPDATE hooks SET name = :name, settings = :settings, secrets = :secrets, off_at = :off_at
    WHERE survey_id = :survey AND id = :id AND deleted_at IS NULL
      AND (name <> :name OR settings <> :settings OR secrets <> :secrets OR off_at IS NOT :off_at)`),
  deleteHook: statement(`UPDATE hooks SET deleted_at = :now
    WHERE survey_id = :survey AND id = :id AND deleted_at IS NULL RETURNING id`),
  dropPayload: statement(`DELETE FROM hook_payloads WHERE hook_id = :id AND survey_id = :survey`),
  keepPayload: statement(`INSERT INTO hook_payloads (hook_id, survey_id, received_at, outcome, respondent_id, payload)
    VALUES (:hook, :survey, :received_at, :outcome, :respondent, :payload)
    ON CONFLICT (hook_id) DO UPDATE SET received_at = :received_at, outcome = :outcome, respondent_id = :respondent,
      payload = :payload`),
  erasePayloadsOf: statement(`DELETE FROM hook_payloads
    WHERE respondent_id = :respondent AND (:only IS NULL OR survey_id = :only)`),
  purgePayloads: statement(`DELETE FROM hook_payloads WHERE received_at <= :before RETURNING 1`),
  purgeHooks: statement(`DELETE FROM hooks WHERE deleted_at IS NOT NULL
    AND NOT EXISTS (SELECT 1 FROM hook_events WHERE hook_id = hooks.id)`),
  eraseHooks: statement(`DELETE FROM hooks WHERE survey_id = :survey RETURNING 1`),
  erasePayloads: statement(`DELETE FROM hook_payloads WHERE survey_id = :survey`),
};

/** The hook of any survey; null where there is none, or where it is deleted. */
export async function findHook(store: Store, id: string): Promise<StoredHook | null> {
  const row = await store.first<Row>(sql.findHook({ id }));
  return row && stored(row);
}

/** At most `limit` hooks of the survey in order of id, after `after`, each with what it received after `since`. */
export async function listHooks(
  store: Store,
  survey: string,
  after: string,
  limit: number,
  since: number,
): Promise<HookWithLast[]> {
  return listed(store, { survey, only: null, after, limit, since });
}

export async function findHookOf(
  store: Store,
  survey: string,
  id: string,
  since: number,
): Promise<HookWithLast | null> {
  return (await listed(store, { survey, only: id, after: "", limit: 1, since }))[0] ?? null;
}

async function listed(
  store: Store,
  asked: { survey: string; only: string | null; after: string; limit: number; since: number },
): Promise<HookWithLast[]> {
  const rows = await store.all<LastRow>(sql.listHooks(asked));
  return rows.map((row) => ({
    ...stored(row),
    last:
      row.received_at === null
        ? null
        : {
            receivedAt: row.received_at,
            outcome: row.outcome,
            respondent: row.respondent_id,
            payload: row.payload,
          },
  }));
}

/** Stores a hook, while the survey has fewer than `most`. False if it has as many. */
export async function insertHook(store: Store, hook: StoredHook, most: number): Promise<boolean> {
  const { id, survey, keyHash: key_hash, createdAt: now } = hook;
  const rows = await store.all(sql.insertHook({ ...textsOf(hook), id, survey, key_hash, now, most }));
  // A repeated insert, after a lost connection, finds the row there.
  return rows.length > 0 || (await findHook(store, id)) !== null;
}

/** Stores the settings, and whether it is on. Idempotent. */
export async function updateHook(store: Store, hook: StoredHook): Promise<void> {
  const { id, survey, offAt: off_at } = hook;
  await store.all(sql.updateHook({ ...textsOf(hook), id, survey, off_at }));
}

/** Hides the hook at once, and deletes what it received last; a job then deletes its events and it. False if there is none. */
export async function deleteHook(store: Store, survey: string, id: string, now: number): Promise<boolean> {
  const [rows] = await store.batch([sql.deleteHook({ survey, id, now }), sql.dropPayload({ survey, id })]);
  return rows!.length > 0;
}

/** Keeps what came in place of what came before. */
export async function keepPayload(store: Store, hook: StoredHook, last: LastPayload): Promise<void> {
  const { receivedAt: received_at, outcome, respondent, payload } = last;
  await store.all(sql.keepPayload({ hook: hook.id, survey: hook.survey, received_at, outcome, respondent, payload }));
}

/** The statement that deletes what a person's events have left; `only`: in this survey. */
export function erasePayloadsOf(respondent: string, only: string | null): Query {
  return sql.erasePayloadsOf({ respondent, only });
}

/** Deletes payloads received until `before`. Returns their number. */
export async function purgePayloads(store: Store, before: number): Promise<number> {
  return (await store.all(sql.purgePayloads({ before }))).length;
}

/** Deletes the rows of deleted hooks that have no events any more. */
export async function purgeHooks(store: Store): Promise<void> {
  await store.all(sql.purgeHooks());
}

/** Deletes the hooks of a survey, and what they received last. Returns their number. */
export async function eraseHooks(store: Store, survey: string): Promise<number> {
  const [rows] = await store.batch([sql.eraseHooks({ survey }), sql.erasePayloads({ survey })]);
  return rows!.length;
}

function textsOf({ name, settings, secrets }: StoredHook) {
  return { name, settings: JSON.stringify(settings), secrets: JSON.stringify(secrets) };
}

function stored(row: Row): StoredHook {
  return {
    id: row.id,
    survey: row.survey_id,
    name: row.name,
    keyHash: row.key_hash,
    settings: JSON.parse(row.settings),
    secrets: JSON.parse(row.secrets),
    createdAt: row.created_at,
    offAt: row.off_at,
  };
}
