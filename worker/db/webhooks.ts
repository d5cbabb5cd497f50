/** The webhooks table: whom a survey tells of what, with the secrets that sign. */
import type { WebhookFilter } from "../../shared/schema/webhook.ts";
import type { MessageLanguage, WebhookEvent, WebhookFormat, WebhookOffReason } from "../../shared/vocabulary.ts";
import type { Query } from "./statement.ts";
import { statement } from "./statement.ts";
import type { Store } from "./store.ts";

/** `until`: the instant (ms) up to which a replaced secret still signs; null of the one in use. */
export type WebhookSecret = { secret: string; until: number | null };

export type StoredWebhook = {
  id: string;
  survey: string;
  url: string;
  events: WebhookEvent[];
  filter: WebhookFilter;
  format: WebhookFormat;
  language: MessageLanguage | null;
  chat: string | null;
  /** The beginning of the collector's address, to which messages for people have links; "" where it was not noted. */
  dashboard: string;
  /** The newest first. */
  secrets: WebhookSecret[];
  createdAt: number;
  testedAt: number | null;
  off: { at: number; why: WebhookOffReason } | null;
};

/** With how many of its messages wait and how many are dead; each is counted up to `MOST_COUNTED`. */
export type CountedWebhook = StoredWebhook & { waiting: number; dead: number };

/** A webhook that is told of falls, what was told, and the survey's day on which it was last looked at. */
export type WatchingWebhook = { id: string; survey: string; lookedDay: string; told: Record<string, string> };

type Row = Record<"id" | "survey_id" | "url" | "events" | "filter" | "format" | "dashboard" | "secrets", string> & {
  language: string | null;
  chat: string | null;
  created_at: number;
  tested_at: number | null;
  off_at: number | null;
  off_why: string | null;
};

const COLUMNS =
  "id, survey_id, url, events, filter, format, language, chat, dashboard, secrets, created_at, tested_at, off_at, off_why";
const MOST_COUNTED = 1000;

/** How many rows of the index are the webhook's. */
const counted = <Index extends string, Where extends string>(index: Index, where: Where) =>
  `(SELECT count(*) FROM (SELECT 1 FROM webhook_deliveries INDEXED BY ${index}
    WHERE webhook_id = webhooks.id AND ${where} LIMIT ${MOST_COUNTED}))` as const;

const sql = {
  findWebhook: statement(
    `SELECT ${COLUMNS} FROM webhooks WHERE survey_id = :survey AND id = :id AND deleted_at IS NULL`,
  ),
  listWebhooks: statement(`SELECT ${COLUMNS}, ${counted("webhook_deliveries_due", "due_at IS NOT NULL")} AS waiting,
      ${counted("webhook_deliveries_dead", "state = 'dead'")} AS dead
    FROM webhooks WHERE survey_id = :survey AND (:only IS NULL OR id = :only) AND deleted_at IS NULL AND id > :after
    ORDER BY id LIMIT :limit`),
  insertWebhook: statement(`INSERT INTO webhooks (id, survey_id, url, events, filter, format, language, chat, dashboard,
      secrets, created_at)
    SELECT :id, :survey, :url, :events, :filter, :format, :language, :chat, :dashboard, :secrets, :now
    WHERE (SELECT count(*) FROM webhooks WHERE survey_id = :survey AND deleted_at IS NULL) < :most
    ON CONFLICT (survey_id, id) DO NOTHING RETURNING id`),
  updateWebhook: statement(`UPDATE webhooks SET url = :url, events = :events, filter = :filter, format = :format,
      language = :language, chat = :chat, dashboard = :dashboard, off_at = :off_at, off_why = :off_why
    WHERE survey_id = :survey AND id = :id AND deleted_at IS NULL
      AND (url <> :url OR events <> :events OR filter <> :filter OR format <> :format OR language IS NOT :language
        OR chat IS NOT :chat OR dashboard <> :dashboard OR off_why IS NOT :off_why)`),
  setSecrets: statement(`UPDATE webhooks SET secrets = :secrets
    WHERE survey_id = :survey AND id = :id AND deleted_at IS NULL AND secrets = :seen RETURNING id`),
  noteTest: statement(
    `UPDATE webhooks SET tested_at = :now
    WHERE survey_id = :survey AND id = :id AND deleted_at IS NULL AND tested_at IS NOT :now`,
  ),
  switchOff: statement(`UPDATE webhooks SET off_at = :now, off_why = 'gone'
    WHERE survey_id = :survey AND id = :id AND off_at IS NULL`),
  deleteWebhook: statement(`UPDATE webhooks SET deleted_at = :now, off_at = coalesce(off_at, :now)
    WHERE survey_id = :survey AND id = :id AND deleted_at IS NULL RETURNING id`),
  noteListeners: statement(`UPDATE surveys SET version = version + 1, has_webhooks = NOT has_webhooks
    WHERE id = :survey AND has_webhooks <> EXISTS (SELECT 1 FROM webhooks WHERE survey_id = :survey AND off_at IS NULL)`),
  listWatching: statement(`SELECT w.id, w.survey_id AS survey, w.looked_day AS lookedDay, w.falls_told AS told
    FROM webhooks AS w CROSS JOIN surveys AS s ON s.id = w.survey_id AND s.deleted_at IS NULL
    WHERE w.off_at IS NULL AND instr(w.events, '"score.dropped"') > 0 AND w.looked_day < :day AND (w.survey_id, w.id) > (:survey, :after)
    ORDER BY w.survey_id, w.id LIMIT :most`),
  noteLook: statement(`UPDATE webhooks SET looked_day = :day, falls_told = :told
    WHERE survey_id = :survey AND id = :id AND looked_day = :seen`),
  eraseWebhooks: statement(`DELETE FROM webhooks WHERE survey_id = :survey RETURNING 1`),
  purgeWebhooks: statement(`DELETE FROM webhooks WHERE deleted_at IS NOT NULL
    AND NOT EXISTS (SELECT 1 FROM webhook_deliveries WHERE webhook_id = webhooks.id)`),
};

/** Null where there is none, or where it is deleted. */
export async function findWebhook(store: Store, survey: string, id: string): Promise<StoredWebhook | null> {
  const row = await store.first<Row>(sql.findWebhook({ survey, id }));
  return row && stored(row);
}

/** At most `limit` webhooks of the survey in order of id, after `after`. */
export async function listWebhooks(
  store: Store,
  survey: string,
  after: string,
  limit: number,
): Promise<CountedWebhook[]> {
  return listed(store, { survey, only: null, after, limit });
}

export async function findCountedWebhook(store: Store, survey: string, id: string): Promise<CountedWebhook | null> {
  return (await listed(store, { survey, only: id, after: "", limit: 1 }))[0] ?? null;
}

async function listed(
  store: Store,
  asked: { survey: string; only: string | null; after: string; limit: number },
): Promise<CountedWebhook[]> {
  const rows = await store.all<Row & { waiting: number; dead: number }>(sql.listWebhooks(asked));
  return rows.map((row) => ({ ...stored(row), waiting: row.waiting, dead: row.dead }));
}

/** Stores a webhook, while the survey has fewer than `most`. False if it has as many. */
export async function insertWebhook(store: Store, webhook: StoredWebhook, most: number): Promise<boolean> {
  const { id, survey, createdAt: now, secrets } = webhook;
  const insert = sql.insertWebhook({ ...settingsOf(webhook), id, survey, now, most, secrets: JSON.stringify(secrets) });
  const [rows] = await store.batch([insert, noteListeners(survey)]);
  // A repeated insert, after a lost connection, finds the row there.
  return rows!.length > 0 || (await findWebhook(store, survey, id)) !== null;
}

/** Stores the settings, and whether it is on. Idempotent. */
export async function updateWebhook(store: Store, webhook: StoredWebhook): Promise<void> {
  const { id, survey, off } = webhook;
  const update = sql.updateWebhook({
    ...settingsOf(webhook),
    ...{ id, survey, off_at: off?.at ?? null, off_why: off?.why ?? null },
  });
  await store.batch([update, noteListeners(survey)]);
}

/** Replaces the secrets, if they are still those of `webhook`; false if somebody else has replaced them. */
export async function setSecrets(store: Store, webhook: StoredWebhook, secrets: WebhookSecret[]): Promise<boolean> {
  const { id, survey } = webhook;
  const seen = JSON.stringify(webhook.secrets);
  return (await store.all(sql.setSecrets({ id, survey, seen, secrets: JSON.stringify(secrets) }))).length > 0;
}

/** Notes that a test is sent now. */
export async function noteTest(store: Store, survey: string, id: string, now: number): Promise<void> {
  await store.all(sql.noteTest({ survey, id, now }));
}

/** Switches a webhook off whose receiver wants no more. */
export async function switchOff(store: Store, survey: string, id: string, now: number): Promise<void> {
  await store.batch([sql.switchOff({ survey, id, now }), noteListeners(survey)]);
}

/** Hides the webhook at once; a job then deletes its messages and it. False if there is none. */
export async function deleteWebhook(store: Store, survey: string, id: string, now: number): Promise<boolean> {
  const [rows] = await store.batch([sql.deleteWebhook({ survey, id, now }), noteListeners(survey)]);
  return rows!.length > 0;
}

/**
 * At most `most` webhooks that are told of falls and were not looked at since before `day`, after `after`. Scans the webhooks.
 */
export async function listWatching(
  store: Store,
  day: string,
  after: { survey: string; id: string },
  most: number,
): Promise<WatchingWebhook[]> {
  const rows = await store.all<Omit<WatchingWebhook, "told"> & { told: string }>(
    sql.listWatching({ day, survey: after.survey, after: after.id, most }),
  );
  return rows.map((row) => ({ ...row, told: JSON.parse(row.told) }));
}

/** The statement that notes the look of a day, unless another run has noted one meanwhile. */
export function noteLook(webhook: WatchingWebhook, day: string, told: Record<string, string>): Query {
  const { id, survey, lookedDay: seen } = webhook;
  return sql.noteLook({ id, survey, seen, day, told: JSON.stringify(told) });
}

/** Deletes the webhooks of a survey. Returns their number. */
export async function eraseWebhooks(store: Store, survey: string): Promise<number> {
  return (await store.all(sql.eraseWebhooks({ survey }))).length;
}

/** Deletes the rows of deleted webhooks that have no messages any more. */
export async function purgeWebhooks(store: Store): Promise<void> {
  await store.all(sql.purgeWebhooks());
}

/** The statement that tells the survey, with a new version, whether a webhook listens to it now. */
function noteListeners(survey: string): Query {
  return sql.noteListeners({ survey });
}

function settingsOf({ url, events, filter, format, language, chat, dashboard }: StoredWebhook) {
  return { url, events: JSON.stringify(events), filter: JSON.stringify(filter), format, language, chat, dashboard };
}

function stored(row: Row): StoredWebhook {
  return {
    id: row.id,
    survey: row.survey_id,
    url: row.url,
    events: JSON.parse(row.events),
    filter: JSON.parse(row.filter),
    format: row.format as WebhookFormat,
    language: row.language as MessageLanguage | null,
    chat: row.chat,
    dashboard: row.dashboard,
    secrets: JSON.parse(row.secrets),
    createdAt: row.created_at,
    testedAt: row.tested_at,
    off: row.off_at === null ? null : { at: row.off_at, why: row.off_why as WebhookOffReason },
  };
}
