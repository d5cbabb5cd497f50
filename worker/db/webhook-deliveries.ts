/**
 * The webhook_deliveries table: the queue of messages. A message is written by the transaction that it tells of, and names the
 * response without a copy of it. Sending it takes a lease: `due_at` moves on, so that no other isolate takes the message before.
 */

import { limits } from "../../shared/limits.ts";
import { scoreNames } from "../../shared/questions.ts";
import type {
  DeliveryFailure,
  DeliveryState,
  Question,
  UnsubscribeSource,
  WebhookEvent,
} from "../../shared/vocabulary.ts";
import type { Query } from "./statement.ts";
import { statement } from "./statement.ts";
import type { Store } from "./store.ts";

/** Instants are milliseconds since 1970. */
export type DeliveryRow = {
  id: string;
  webhook_id: string;
  survey_id: string;
  type: WebhookEvent;
  response_id: string | null;
  respondent_id: string | null;
  fact: string | null;
  created_at: number;
  due_at: number | null;
  state: DeliveryState;
  attempts: number;
  tried_at: number | null;
  status: number | null;
  failure: DeliveryFailure | null;
};

const COLUMNS = [
  "id",
  "webhook_id",
  "survey_id",
  "type",
  "response_id",
  "respondent_id",
  "fact",
  "created_at",
  "due_at",
  "state",
  "attempts",
  "tried_at",
  "status",
  "failure",
].join(", ");

const HOLD_MS = limits.webhookHoldSeconds * 1000;

/** A new id: it begins with the time, so that the messages of a webhook lie in their order. */
const NEW_ID = `'msg_' || printf('%012x', :now) || lower(hex(randomblob(10)))`;

const listensTo = <Event extends WebhookEvent>(event: Event) => `instr(w.events, '"${event}"') > 0` as const;

/** Whether the response has an answer to the question `:last`. */
const LAST_ANSWERED = [...scoreNames, "comment"]
  .map((name) => `(:last = '${name}' AND r.${name} IS NOT NULL)`)
  .join(" OR ");

const IS_NEW = "r.updated_at = r.received_at";
const HAS_NEW_COMMENT = "r.comment IS NOT NULL AND r.comment_at = :now";

/** What the webhook is told of the write just made; null where it does not listen to such an event. */
const TYPE = `iif(${IS_NEW} AND ${listensTo("response.created")}, 'response.created',
    iif(${HAS_NEW_COMMENT} AND ${listensTo("comment.created")}, 'comment.created',
      iif(NOT ${IS_NEW} AND ${listensTo("response.amended")}, 'response.amended', NULL)))`;

/** Whether a message about the response waits for what else the person does. */
const IS_OPEN = `EXISTS (SELECT 1 FROM webhook_deliveries INDEXED BY webhook_deliveries_open
    WHERE webhook_id = w.id AND response_id = r.id AND open = 1)`;

const IS_DUE = `EXISTS (SELECT 1 FROM webhook_deliveries INDEXED BY webhook_deliveries_due
    WHERE webhook_id = waiting.webhook AND due_at <= :now)`;

const firstWaiting = <After extends string>(after: After) =>
  `SELECT webhook_id FROM webhook_deliveries
      INDEXED BY webhook_deliveries_due WHERE due_at IS NOT NULL ${after} ORDER BY webhook_id LIMIT 1` as const;

const sql = {
  queueResponse:
    statement(`INSERT INTO webhook_deliveries (webhook_id, id, survey_id, type, response_id, created_at, due_at, open)
    SELECT w.id, ${NEW_ID}, :survey, coalesce(${TYPE}, 'response.amended'), r.id, :now,
      iif(:finished OR (:last <> '' AND (${LAST_ANSWERED})), :now, :now + ${HOLD_MS}), 1
    FROM webhooks AS w CROSS JOIN responses AS r ON r.survey_id = :survey AND r.id = :id
    WHERE changes() > 0 AND w.survey_id = :survey AND w.off_at IS NULL
      AND r.test = 0 AND r.excluded = 0 AND r.sealed = 0 AND (${TYPE} IS NOT NULL OR ${IS_OPEN})
    ON CONFLICT (webhook_id, response_id) WHERE open = 1 DO UPDATE SET due_at = min(due_at, excluded.due_at),
      type = iif(type = 'response.amended', excluded.type, type)
      WHERE excluded.due_at < due_at OR (type = 'response.amended' AND excluded.type <> type)`),
  queueUnsubscribe: statement(`INSERT INTO webhook_deliveries (webhook_id, id, survey_id, type, respondent_id, fact,
      created_at, due_at)
    SELECT w.id, ${NEW_ID}, w.survey_id, 'respondent.unsubscribed', :respondent, :fact, :now, :now
    FROM webhooks AS w WHERE changes() > 0 AND (:survey = '' OR w.survey_id = :survey) AND w.off_at IS NULL
      AND ${listensTo("respondent.unsubscribed")}`),
  queueDrop: statement(`INSERT INTO webhook_deliveries (webhook_id, id, survey_id, type, fact, created_at, due_at)
    SELECT w.id, ${NEW_ID}, w.survey_id, 'score.dropped', fact.value, :now, :now
    FROM webhooks AS w CROSS JOIN json_each(:facts) AS fact
    WHERE changes() > 0 AND w.survey_id = :survey AND w.id = :webhook`),
  listDue: statement(`WITH RECURSIVE waiting (webhook) AS (
      SELECT (${firstWaiting("")})
      UNION ALL SELECT (${firstWaiting("AND webhook_id > waiting.webhook")}) FROM waiting WHERE webhook IS NOT NULL
    )
    SELECT webhook FROM waiting WHERE webhook IS NOT NULL AND ${IS_DUE} ORDER BY random() LIMIT :most`),
  listDueOf:
    statement(`SELECT webhook FROM (SELECT id AS webhook FROM webhooks WHERE survey_id = :survey AND off_at IS NULL) AS waiting
    WHERE ${IS_DUE} ORDER BY random() LIMIT :most`),
  claim: statement(`UPDATE webhook_deliveries SET due_at = :lease, open = 0, attempts = attempts + 1
    WHERE webhook_id = :webhook AND id IN (SELECT id FROM webhook_deliveries INDEXED BY webhook_deliveries_due
      WHERE webhook_id = :webhook AND due_at <= :now ORDER BY due_at LIMIT :most)
    RETURNING ${COLUMNS}`),
  settle: statement(`UPDATE webhook_deliveries SET due_at = told.value ->> 'due', state = told.value ->> 'state',
      status = told.value ->> 'status', failure = told.value ->> 'failure', tried_at = :now
    FROM json_each(:attempts) AS told
    WHERE webhook_id = :webhook AND webhook_deliveries.id = told.value ->> 'id' AND due_at = :lease`),
  drop: statement(`DELETE FROM webhook_deliveries
    WHERE webhook_id = :webhook AND id IN (SELECT value FROM json_each(:ids)) AND due_at = :lease`),
  findDelivery: statement(`SELECT ${COLUMNS} FROM webhook_deliveries WHERE webhook_id = :webhook AND id = :id`),
  listDeliveries: statement(`SELECT ${COLUMNS} FROM webhook_deliveries
    WHERE webhook_id = :webhook AND id < :before ORDER BY id DESC LIMIT :limit`),
  listDead: statement(`SELECT ${COLUMNS} FROM webhook_deliveries INDEXED BY webhook_deliveries_dead
    WHERE webhook_id = :webhook AND id < :before AND state = 'dead' ORDER BY id DESC LIMIT :limit`),
  listWaiting: statement(`SELECT ${COLUMNS} FROM webhook_deliveries INDEXED BY webhook_deliveries_due
    WHERE webhook_id = :webhook AND id < :before AND due_at IS NOT NULL ORDER BY id DESC LIMIT :limit`),
  listDelivered: statement(`SELECT ${COLUMNS} FROM webhook_deliveries
    WHERE webhook_id = :webhook AND id < :before AND state = 'delivered' ORDER BY id DESC LIMIT :limit`),
  countWaiting: statement(`SELECT count(*) AS messages, min(created_at) AS oldest FROM (
    SELECT created_at FROM webhook_deliveries INDEXED BY webhook_deliveries_due WHERE due_at IS NOT NULL LIMIT :most)`),
  countDead: statement(`SELECT count(*) AS messages FROM (
    SELECT 1 FROM webhook_deliveries INDEXED BY webhook_deliveries_dead WHERE state = 'dead' LIMIT :most)`),
  redeliver: statement(`UPDATE webhook_deliveries SET due_at = :now, state = 'waiting', attempts = 0, open = 0
    WHERE webhook_id = :webhook AND id = :id AND (due_at IS NULL OR due_at > :now) RETURNING id`),
  forgetPerson: statement(`DELETE FROM webhook_deliveries
    WHERE respondent_id = :respondent AND (:only IS NULL OR survey_id = :only)`),
  purgeOld: statement(`DELETE FROM webhook_deliveries WHERE (webhook_id, id) IN (
    SELECT d.webhook_id, d.id FROM webhooks AS w CROSS JOIN webhook_deliveries AS d ON d.webhook_id = w.id
      AND d.id < iif(w.deleted_at IS NULL, :before, 'n') LIMIT :most) RETURNING 1`),
  eraseOf: statement(`DELETE FROM webhook_deliveries WHERE (webhook_id, id) IN (
    SELECT d.webhook_id, d.id FROM webhooks AS w CROSS JOIN webhook_deliveries AS d ON d.webhook_id = w.id
    WHERE w.survey_id = :survey LIMIT :most) RETURNING 1`),
};

/** What a write of a response is announced by. `finished`: the sender says that nothing else comes. */
export type Announcement = { finished: boolean; questions: readonly Question[] };

/**
 * The statement that queues what the write before it in the batch did to the response; nothing if that wrote nothing. One
 * message waits for each webhook and response: what the person does before it is sent goes into the same message.
 */
export function queueResponse(survey: string, id: string, now: number, { finished, questions }: Announcement): Query {
  return sql.queueResponse({ survey, id, now, finished: Number(finished), last: questions.at(-1) ?? "" });
}

/** The statement that queues the unsubscribe that the statement before it stored. `survey` '': from all surveys. */
export function queueUnsubscribe(
  unsubscribed: { survey: string; respondent: string; source: UnsubscribeSource },
  now: number,
): Query {
  const { survey, respondent, source } = unsubscribed;
  return sql.queueUnsubscribe({ survey, respondent, now, fact: JSON.stringify({ survey, source }) });
}

/** The statement that queues falls of scores for one webhook, if the statement before it changed a row. */
export function queueDrops(survey: string, webhook: string, facts: readonly object[], now: number): Query {
  return sql.queueDrop({ survey, webhook, facts: JSON.stringify(facts.map((fact) => JSON.stringify(fact))), now });
}

/** At most `most` webhooks that have a message due, any of them; with `survey` only its own. */
export async function listDueWebhooks(store: Store, now: number, most: number, survey?: string): Promise<string[]> {
  const query = survey === undefined ? sql.listDue({ now, most }) : sql.listDueOf({ survey, now, most });
  return (await store.all<{ webhook: string }>(query)).map(({ webhook }) => webhook);
}

/** Takes at most `most` messages that are due. Until `lease` (ms) nobody else takes them. */
export async function claimDeliveries(
  store: Store,
  webhook: string,
  at: { now: number; lease: number },
  most: number,
): Promise<DeliveryRow[]> {
  return store.all<DeliveryRow>(sql.claim({ webhook, ...at, most }));
}

/** How an attempt ended. `due`: when the next one is made; null for none. */
export type SettledAttempt = {
  id: string;
  state: DeliveryState;
  due: number | null;
  status: number | null;
  failure: DeliveryFailure | null;
};

/**
 * Stores how the attempts ended, and deletes the messages that are not to be sent (`dropped`). Leaves alone what somebody else
 * has taken since, because the lease ran out.
 */
export async function settleDeliveries(
  store: Store,
  { webhook, lease, now }: { webhook: string; lease: number; now: number },
  attempts: readonly SettledAttempt[],
  dropped: readonly string[],
): Promise<void> {
  await store.batch([
    ...(attempts.length > 0 ? [sql.settle({ webhook, lease, now, attempts: JSON.stringify(attempts) })] : []),
    ...(dropped.length > 0 ? [sql.drop({ webhook, lease, ids: JSON.stringify(dropped) })] : []),
  ]);
}

export async function findDelivery(store: Store, webhook: string, id: string): Promise<DeliveryRow | null> {
  return store.first<DeliveryRow>(sql.findDelivery({ webhook, id }));
}

/** At most `limit` messages to the webhook, the newest first, before the id `before` ("" for the newest). */
export async function listDeliveries(
  store: Store,
  webhook: string,
  { state, before, limit }: { state: DeliveryState | undefined; before: string; limit: number },
): Promise<DeliveryRow[]> {
  const list = { waiting: sql.listWaiting, dead: sql.listDead, delivered: sql.listDelivered };
  // Every id begins with "msg_", so "n" is after all of them.
  return store.all<DeliveryRow>((state ? list[state] : sql.listDeliveries)({ webhook, before: before || "n", limit }));
}

/**
 * The messages of all webhooks that wait to be sent, with the time (ms) at which the oldest of them was written, and those that
 * were given up. Each is counted up to `most`; past that the oldest is that of the counted ones.
 */
export async function countDeliveries(
  store: Store,
  most: number,
): Promise<{ waiting: number; oldest: number | null; dead: number }> {
  const [waiting, dead] = await Promise.all([
    store.first<{ messages: number; oldest: number | null }>(sql.countWaiting({ most })),
    store.first<{ messages: number }>(sql.countDead({ most })),
  ]);
  return { waiting: waiting?.messages ?? 0, oldest: waiting?.oldest ?? null, dead: dead?.messages ?? 0 };
}

/** Makes a message due now, with all its attempts before it, under the same id. */
export async function redeliver(store: Store, webhook: string, id: string, now: number): Promise<void> {
  await store.all(sql.redeliver({ webhook, id, now }));
}

/** The statement that deletes the messages that name the person: of the survey `only`, or (null) of all surveys. */
export function forgetInDeliveries(respondent: string, only: string | null): Query {
  return sql.forgetPerson({ respondent, only });
}

/** Deletes at most `most` messages from before `before` (ms), and those of deleted webhooks. Returns the number deleted. */
export async function purgeDeliveries(store: Store, before: number, most: number): Promise<number> {
  const first = `msg_${before.toString(16).padStart(12, "0")}`;
  return (await store.all(sql.purgeOld({ before: first, most }))).length;
}

/** Deletes at most `most` messages of a deleted survey. Returns the number deleted. */
export async function eraseDeliveries(store: Store, survey: string, most: number): Promise<number> {
  return (await store.all(sql.eraseOf({ survey, most }))).length;
}
