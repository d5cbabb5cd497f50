/** The responses table: one statement stores a response, whoever sends it and however often. */

import { foldText } from "../../shared/comments/fold.ts";
import { limits } from "../../shared/limits.ts";
import type { ScoreName } from "../../shared/questions.ts";
import { scoreNames } from "../../shared/questions.ts";
import type { Properties } from "../../shared/schema/response.ts";
import { builtInSegments, CROSS, REST } from "../../shared/segments.ts";
import type { Channel } from "../../shared/vocabulary.ts";
import { CHANGED_LATE } from "./changed-responses.ts";
import type { ResponseRow } from "./response-row.ts";
import type { Newcomers, Pair } from "./segment-values.ts";
import { keepNewcomers, NEWCOMERS_TOO_LATE, rememberValues } from "./segment-values.ts";
import type { Query } from "./statement.ts";
import { statement } from "./statement.ts";
import type { Store } from "./store.ts";
import type { Announcement } from "./webhook-deliveries.ts";
import { queueResponse } from "./webhook-deliveries.ts";

/**
 * What gives a sender the right to change a stored response: the secret that it was sent with; a key, if it was sent without
 * a secret; or the token of a page of ours. To know the id gives no right, because every list shows it.
 */
export type Claim = "secret" | "key" | "link" | "invitation";

/** What one send wants to be stored. `undefined` fields keep what is there. */
export type ResponseWrite = { [Name in ScoreName]?: number | undefined } & {
  survey: string;
  /** The version of the survey by which the sender was checked; nothing is stored if the survey has another version now. */
  surveyVersion: number;
  claim: Claim;
  id: string;
  /** The id as it was sent; `id` differs from it where the sender's clock is wrong. */
  sentId: string;
  /** At most two other ids under which the same response may be stored; if one of them is there, no new response is made. */
  otherIds?: readonly string[];
  /** False: a stored response may be changed, and none is made, because the send has no answer or its id has a wrong time. */
  mayCreate: boolean;
  /** A new response is stored only while its day has counted fewer than `limit`. `look`: whether to return that count. */
  daily: { limit: number | null; look: boolean };
  createdAt: number;
  day: string;
  now: number;
  updatedDay: string;
  rev?: number | undefined;
  secretHash?: string | undefined;
  /** `""` deletes the stored comment. */
  comment?: string | undefined;
  respondent?: { id: string; verified: boolean } | undefined;
  properties?: Readonly<Record<string, unknown>> | undefined;
  /** Values of declared properties; replaced when `properties` is given. */
  propertySegments: Record<string, string>;
  /** Values of segments that the collector knows by itself; the first write fixes them, but for `learnedSegments`. */
  builtInSegments: Record<string, string>;
  /** The topics that `comment` names, as segments; replaced when `comment` is given. */
  topicSegments: Record<string, string>;
  /** Of the built-in segments, language and device where the stored response has none, and the page where it has another. */
  learnedSegments: Record<string, string>;
  /** As this send names them; the first language and device that a send names stay. */
  language: string | null;
  device: string | null;
  /** The built-in segments that are crossed with others. */
  crossed: readonly string[];
  /** Whether the segments depend on the channel, language or device of sends other than this one. */
  countsFacts: boolean;
  /** Whether a segment counts by the page, alone or crossed. */
  countsPage: boolean;
  /** `updatedAt` of the stored response that the segments were made from; null if they were made from this send alone. */
  seen: number | null;
  /** The values among the segments that no response has had yet. */
  newcomers: Newcomers;
  locale?: string | undefined;
  page?: string | undefined;
  channel: Channel;
  flags: readonly string[];
  test: boolean;
  /** Instant until which it may be changed; by default 24 hours after the server first stored it. */
  amendableUntil?: number | undefined;
  /** How webhooks are told of it; null where none listens to the survey. */
  announcement: Announcement | null;
};

export type Saved = {
  outcome: "created" | "amended" | "repeated";
  createdAt: number;
  updatedAt: number;
  /** How many responses the day has counted, where `daily.look` asked for it. */
  dayTotal: number | null;
};
/** What the segments of a stored response are made from. */
export type StoredFacts = {
  properties: Properties;
  channel: string;
  language: string | null;
  device: string | null;
  page: string | null;
  updatedAt: number;
};
export type Refused = { outcome: "not_yours" | "closed" };
/** Nothing was written, because the segments were not made from what is stored. The caller makes them anew and writes again. */
export type Unmatched = { outcome: "unmatched"; stored: StoredFacts };
/** `absent`: no such response is stored, and none could be made (see `mayCreate`, `otherIds`, `daily`, `surveyVersion`). */
export type NotSaved = Refused | { outcome: "absent" };

type WrittenRow = Pick<ResponseRow, "created_at" | "received_at" | "updated_at"> & { day_total?: number | null };

/** What is stored under the id: a response or none, an invitation or none. */
type ComparedRow = { is_pages: number } & ((WrittenRow & ComparedResponse) | { created_at: null });
type ComparedResponse = Pick<ResponseRow, "rev" | "sealed"> & {
  has_secret: number;
  is_owned: number;
  differs: number;
  is_current: number;
  channel: string;
  properties: string;
  language: string | null;
  device: string | null;
  page: string | null;
};

/** An identity that was proven once stays proven for this response, even if the token expires before the last send. */
const VERIFIED = `iif(:verified IS NULL, respondent_verified,
    max(:verified, respondent_verified AND respondent_id IS :respondent))`;

const SCORES = scoreNames.join(", ");
const SENT_SCORES = scoreNames.map((name) => `:${name}`).join(", ");
const SET_SCORES = scoreNames.map((name) => `${name} = coalesce(:${name}, ${name})`).join(", ");
const SCORES_DIFFER = scoreNames.map((name) => `coalesce(:${name}, ${name}) IS NOT ${name}`).join(" OR ");

/** Whether a send brings anything new; `rev` alone counts, or an older send could later pass for newer. */
const DIFFERS = `(
  (:rev IS NOT NULL AND :rev IS NOT rev) OR ${SCORES_DIFFER}
  OR nullif(coalesce(:comment, comment), '') IS NOT comment
  OR coalesce(:respondent, respondent_id) IS NOT respondent_id OR ${VERIFIED} IS NOT respondent_verified
  OR coalesce(:properties, properties) IS NOT properties OR coalesce(:locale, locale) IS NOT locale
  OR coalesce(:page, page) IS NOT page
)`;

/**
 * Whether the sender may change the row. The page of an invitation may always change the response with the invitation's id,
 * because older versions let others store one under that id. A key changes no response that a page of ours sent.
 */
const OWNED = `iif(:claim IN ('link', 'invitation'), :claim = 'invitation' OR channel = 'link',
    channel NOT IN ('link', 'invitation') AND iif(secret_hash IS NULL, :claim = 'key', secret_hash IS :secret_hash))`;

/** Whether the id that was sent is that of an invitation: then only the invitation's page may send it, answered or not. */
const INVITED = `EXISTS (SELECT 1 FROM invitations WHERE survey_id = :survey AND id = :sent_id)`;

/** How many responses the day of this response has counted. */
const DAY_TOTAL = `(SELECT responses FROM rollups
  WHERE survey_id = :survey AND segment = '' AND day = :day AND value = '')`;

/** The language and the device; for responses from before these columns the value they count under, or that of the locale. */
const LANGUAGE = `coalesce(language, nullif(segments ->> '$.language', '${REST}'),
    lower(substr(locale, 1, instr(locale || '-', '-') - 1)))`;
const DEVICE = `coalesce(device, segments ->> '$.device')`;

/** Whether the segments that this send brings also hold for the stored channel, language, device and page. */
const MATCHES_FACTS = `iif(:seen IS NULL, (NOT :counts_page OR :page IS NULL OR page IS :page) AND (NOT :counts_facts OR (
      coalesce(${LANGUAGE}, :language) IS ${LANGUAGE} AND coalesce(${DEVICE}, :device) IS ${DEVICE}
      AND (:properties IS NULL OR (
        (instr(:crossed, 'channel') = 0 OR channel = :channel)
        AND (instr(:crossed, 'language') = 0 OR ${LANGUAGE} IS :language)
        AND (instr(:crossed, 'device') = 0 OR ${DEVICE} IS :device)
        AND (instr(:crossed, 'page') = 0 OR page IS :page)
      ))
    )), updated_at = :seen)`;

const AMENDABLE_MS = limits.amendableHours * 3_600_000;
const BUILT_IN = builtInSegments.map((name) => `'${name}'`).join(", ");

const sql = {
  saveResponse: statement(`INSERT INTO responses (
      survey_id, id, created_at, day, received_at, updated_at, updated_day, rev, secret_hash, ${SCORES}, comment,
      comment_at, respondent_id, respondent_verified, properties, segments, locale, page, channel, flags, test, folded,
      language, device
    )
    SELECT :survey, :id, :created_at, :day, :now, :now, :updated_day, :rev, :secret_hash, ${SENT_SCORES},
      nullif(:comment, ''), iif(:comment <> '', :now, NULL), :respondent, coalesce(:verified, 0),
      coalesce(:properties, '{}'), json_patch(json_patch(json_patch(:property_segments, :built_in_segments), ${NEWCOMERS_TOO_LATE}), :topic_segments),
      :locale, :page, :channel, :flags, :test, nullif(:folded, ''), :language, :device
    WHERE EXISTS (SELECT 1 FROM surveys WHERE id = :survey AND version = :survey_version)
      AND (:claim IN ('link', 'invitation') OR NOT ${INVITED})
      AND (
        (:may_create AND (:daily_limit IS NULL OR :daily_limit > coalesce(${DAY_TOTAL}, 0))
          AND (:other_id IS NULL
            OR NOT EXISTS (SELECT 1 FROM responses WHERE survey_id = :survey AND id IN (:other_id, :third_id))))
        OR EXISTS (SELECT 1 FROM responses WHERE survey_id = :survey AND id = :id)
      )
    ON CONFLICT (survey_id, id) DO UPDATE SET
      updated_at = max(:now, updated_at + 1), updated_day = :updated_day, rev = coalesce(:rev, rev),
      ${SET_SCORES}, comment = nullif(coalesce(:comment, comment), ''),
      comment_at = iif(:comment = '', NULL, iif(:comment IS NULL, comment_at, coalesce(comment_at, :now))),
      respondent_id = coalesce(:respondent, respondent_id), respondent_verified = ${VERIFIED},
      properties = coalesce(:properties, properties),
      folded = iif(:comment IS NULL, folded, nullif(:folded, '')),
      segments = json_patch(json_patch(
        iif(:properties IS NULL AND :seen IS NULL, '{}',
          json_patch(json_patch(:property_segments, :learned_segments), ${NEWCOMERS_TOO_LATE})),
        (SELECT json_group_object(key, value) FROM json_each(segments)
          WHERE iif(substr(key, 1, 1) = '${CROSS}', :comment IS NULL,
            (:properties IS NULL AND :seen IS NULL) OR (key IN (${BUILT_IN}) AND json_type(:learned_segments, '$.' || key) IS NULL)))),
        json_patch(
          iif(:comment IS NULL, '{}', :topic_segments),
          iif(:verified IS NULL, '{}', json_object('unverified', iif(${VERIFIED}, NULL, 'true')))
        )
      ),
      locale = coalesce(:locale, locale), page = coalesce(:page, page),
      language = coalesce(${LANGUAGE}, :language), device = coalesce(${DEVICE}, :device)
    WHERE sealed = 0 AND ${OWNED}
      AND (:rev IS NULL OR rev IS NULL OR :rev > rev)
      AND :now <= coalesce(:amendable_until, received_at + ${AMENDABLE_MS})
      AND ${DIFFERS} AND ${MATCHES_FACTS}
    RETURNING created_at, received_at, updated_at, iif(:look, coalesce(${DAY_TOTAL}, 0), NULL) AS day_total`),
  compareResponse:
    statement(`SELECT coalesce(channel IN ('link', 'invitation'), 0) OR ${INVITED} AS is_pages, created_at,
      received_at, updated_at, rev, secret_hash IS NOT NULL AS has_secret, ${OWNED} AS is_owned, sealed,
      ${DIFFERS} AS differs, channel, properties, ${LANGUAGE} AS language, ${DEVICE} AS device, page,
      iif(${DIFFERS}, EXISTS (SELECT 1 FROM surveys WHERE id = :survey AND version = :survey_version), 0) AS is_current
    FROM (SELECT 1) LEFT JOIN responses ON survey_id = :survey AND id = :id`),
  purgeResponses: statement(`DELETE FROM responses WHERE survey_id = :survey AND id IN (
    SELECT id FROM responses AS old WHERE survey_id = :survey AND id < :before_id AND created_at < :before_created
      AND NOT EXISTS (SELECT 1 FROM invitations AS i
        WHERE i.survey_id = :survey AND i.id = old.id AND i.revoked_at IS NULL AND i.expires_at > :now)
    LIMIT :most) RETURNING 1`),
  // In one transaction with the deletion, which is the statement before.
  markPurged: statement(
    `UPDATE surveys SET purged_before = max(purged_before, :before) WHERE id = :survey AND changes() > 0`,
  ),
  unflagResponse: statement(`UPDATE responses SET flags = '[]', segments = json_remove(segments, '$.flagged'),
      updated_at = max(:now, updated_at + 1), updated_day = :day
    WHERE survey_id = :survey AND id = :id AND flags <> '[]' AND sealed = 0`),
  findResponse: statement(`SELECT id, sealed FROM responses WHERE survey_id = :survey AND id = :id`),
  findResponseAmong: statement(`SELECT id FROM responses
    WHERE survey_id = :survey AND id IN (:first, :second, :third) LIMIT 1`),
  purgeTests: statement(`DELETE FROM responses WHERE (survey_id, id) IN (
    SELECT survey_id, id FROM responses WHERE test = 1 AND received_at < :before LIMIT :most) RETURNING 1`),
  eraseResponses: statement(`DELETE FROM responses WHERE survey_id = :survey AND id IN (
    SELECT id FROM responses WHERE survey_id = :survey LIMIT :most)
    RETURNING 1 + (comment IS NOT NULL AND test = 0) + (respondent_id IS NOT NULL) + 2 * test
      + (test = 0 AND ${CHANGED_LATE}) AS rows`),
};

/**
 * Stores a new response, changes a stored one, or finds that the send brings nothing new. Idempotent: the same send again
 * writes no row. It costs one statement and one round trip, and a second one where nothing was written.
 */
export async function saveResponse(store: Store, write: ResponseWrite): Promise<Saved | NotSaved | Unmatched> {
  const compared = comparedValues(write);
  const written = await run(store, write, sql.saveResponse({ ...compared, ...writtenValues(write) }));
  // An update always sets updated_at later than received_at; only in a new row are they equal.
  if (written) return saved(written.updated_at === written.received_at ? "created" : "amended", written);
  return whyUnwritten(write, await store.first<ComparedRow>(sql.compareResponse(compared)));
}

/** The parameters by which the stored row is compared with the send, both when it is written and afterwards. */
function comparedValues(write: ResponseWrite) {
  return {
    survey: write.survey,
    id: write.id,
    rev: write.rev ?? null,
    ...Object.fromEntries(scoreNames.map((name) => [name, write[name] ?? null])),
    comment: write.comment ?? null,
    respondent: write.respondent?.id ?? null,
    verified: write.respondent ? Number(write.respondent.verified) : null,
    properties: write.properties ? canonicalJson(write.properties) : null,
    locale: write.locale ?? null,
    page: write.page ?? null,
    survey_version: write.surveyVersion,
    claim: write.claim,
    secret_hash: write.secretHash ?? null,
    sent_id: write.sentId,
  };
}

/** The parameters that only the write needs: what is stored beside the answers, and when it may be stored. */
function writtenValues(write: ResponseWrite) {
  return {
    created_at: write.createdAt,
    day: write.day,
    now: write.now,
    updated_day: write.updatedDay,
    property_segments: JSON.stringify(write.propertySegments),
    built_in_segments: JSON.stringify(write.builtInSegments),
    newcomers: JSON.stringify(write.newcomers),
    topic_segments: JSON.stringify(write.topicSegments),
    folded: write.comment === undefined ? null : foldText(write.comment),
    channel: write.channel,
    flags: JSON.stringify(write.flags),
    test: Number(write.test),
    learned_segments: JSON.stringify(write.learnedSegments),
    language: write.language,
    device: write.device,
    crossed: write.crossed.join(" "),
    counts_facts: Number(write.countsFacts),
    counts_page: Number(write.countsPage),
    seen: write.seen,
    may_create: Number(write.mayCreate),
    amendable_until: write.amendableUntil ?? null,
    daily_limit: write.daily.limit,
    look: Number(write.daily.look),
    other_id: write.otherIds?.[0] ?? null,
    third_id: write.otherIds?.[1] ?? null,
  };
}

/** Why a send has written nothing: it brings nothing new, may not change what is there, or there is nothing. */
function whyUnwritten(write: ResponseWrite, there: ComparedRow | null): Saved | NotSaved | Unmatched {
  const isByPage = write.claim === "link" || write.claim === "invitation";
  if (there?.is_pages && !isByPage) return { outcome: "not_yours" };
  if (!there || there.created_at === null) return { outcome: "absent" };
  if (there.sealed) return saved("repeated", there);
  if (!there.is_owned && there.has_secret) return { outcome: "not_yours" };
  const late = write.rev !== undefined && there.rev !== null && write.rev <= there.rev;
  // Any sender is told this: an old client that sends no secret must not take its own retry for a refusal.
  if (late || !there.differs) return saved("repeated", there);
  if (!there.is_owned) return { outcome: "not_yours" };
  if (write.now > (write.amendableUntil ?? there.received_at + AMENDABLE_MS)) return { outcome: "closed" };
  return there.is_current ? { outcome: "unmatched", stored: factsOf(there) } : { outcome: "absent" };
}

function factsOf({ properties, updated_at, ...row }: ComparedResponse & WrittenRow): StoredFacts {
  const { channel, language, device, page } = row;
  return { properties: JSON.parse(properties), channel, language, device, page, updatedAt: updated_at };
}

/**
 * Runs the write; values that are new, and the messages to webhooks, are stored in the same transaction. Most sends bring neither
 * and are one statement.
 */
async function run(
  store: Store,
  { survey, surveyVersion, id, newcomers, announcement, now }: ResponseWrite,
  save: Query,
): Promise<WrittenRow | null> {
  const keep = newcomers.length > 0 ? [keepNewcomers(survey, id, newcomers)] : [];
  const tell = announcement ? [queueResponse(survey, id, now, announcement)] : [];
  if (keep.length + tell.length === 0) return store.first<WrittenRow>(save);
  // What is told depends on whether the statement before it has written anything.
  const results = await store.batch([save, ...tell, ...keep]);
  if (keep.length > 0) rememberValues({ id: survey, version: surveyVersion }, results.at(-1) as Pair[]);
  return (results[0] as WrittenRow[])[0] ?? null;
}

/** Takes the flags off a response, once a proven person has sent it again. */
export async function unflagResponse(
  store: Store,
  survey: string,
  id: string,
  at: { now: number; day: string },
): Promise<void> {
  await store.all(sql.unflagResponse({ survey, id, ...at }));
}

/** Whether the response was erased; null where there is none. */
export async function isSealed(store: Store, survey: string, id: string): Promise<boolean | null> {
  const found = await store.first<{ sealed: number }>(sql.findResponse({ survey, id }));
  return found && found.sealed === 1;
}

/** The one of at most three ids under which a response of the survey is stored; null if none is. */
export async function findResponseAmong(store: Store, survey: string, ids: readonly string[]): Promise<string | null> {
  const [first = null, second = null, third = null] = ids;
  return (await store.first<{ id: string }>(sql.findResponseAmong({ survey, first, second, third })))?.id ?? null;
}

/**
 * Deletes at most `most` responses with a smaller id than `before.id` that were given before `before.created`. Returns the
 * number deleted, and remembers in the survey up to when it was purged. A response whose invitation is still open stays, or the
 * invitation could be answered and counted again.
 */
export async function purgeResponses(
  store: Store,
  survey: string,
  before: { id: string; created: number; now: number },
  most: number,
): Promise<number> {
  const [deleted] = await store.batch([
    sql.purgeResponses({ survey, before_id: before.id, before_created: before.created, now: before.now, most }),
    sql.markPurged({ survey, before: before.created }),
  ]);
  return deleted!.length;
}

/** Deletes at most `most` test responses received before `before`. Returns the number deleted. */
export async function purgeTests(store: Store, before: number, most: number): Promise<number> {
  return (await store.all(sql.purgeTests({ before, most }))).length;
}

/** Deletes at most `most` responses of a survey. `rows`: their number with their index entries, as D1 bills them. */
export async function eraseResponses(
  store: Store,
  survey: string,
  most: number,
): Promise<{ responses: number; rows: number }> {
  const deleted = await store.all<{ rows: number }>(sql.eraseResponses({ survey, most }));
  return { responses: deleted.length, rows: deleted.reduce((sum, { rows }) => sum + rows, 0) };
}

function saved(outcome: Saved["outcome"], row: WrittenRow): Saved {
  const { created_at, updated_at, day_total = null } = row;
  return { outcome, createdAt: created_at, updatedAt: updated_at, dayTotal: day_total };
}

/** The properties as JSON in order of their names, so that two texts are equal where the properties are. */
function canonicalJson(properties: Readonly<Record<string, unknown>>): string {
  return JSON.stringify(Object.fromEntries(Object.entries(properties).sort(([a], [b]) => (a < b ? -1 : 1))));
}
