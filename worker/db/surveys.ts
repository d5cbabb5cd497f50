/** The surveys table: the settings as validated JSON, their version, and the state of jobs. */
import type { SurveySettings } from "../../shared/schema/survey.ts";
import { surveySettingsSchema } from "../../shared/schema/survey.ts";
import { mergeSettings } from "../../shared/settings-fields.ts";
import { isolateCache } from "../isolate-cache.ts";
import { Problem } from "../problem.ts";
import type { Backfill } from "./backfill.ts";
import { readBackfill } from "./backfill.ts";
import { outdateFigures } from "./rollups.ts";
import { statement } from "./statement.ts";
import type { Store } from "./store.ts";

/**
 * A survey as the Worker holds it. `firstOpenDay`: no write is counted on an earlier day. `updatedAt` (ms) is the version of
 * the settings: each change makes a later one. `version` also rises with other changes that outdate what was read of the survey.
 */
export type StoredSurvey = {
  id: string;
  settings: SurveySettings;
  version: number;
  firstOpenDay: string;
  createdAt: number;
  updatedAt: number;
  /** Responses given before this instant (ms) may have been deleted by retention; 0 where none were. */
  purgedBefore: number;
  /** The archive that the survey is or was made from, and whether all of it has come; null for a survey that was not. */
  restoring: Restoring | null;
  /** The backfill that a job is doing for the survey, and how far it is; null if there is none. */
  filling: Backfill | null;
  /** Whether a webhook listens to the survey; when this changes, so does `version`. */
  hasWebhooks: boolean;
};

/** `archive`: the name in an archive's first line. `rows`: how many of its rows have come, without a gap. */
export type Restoring = { archive: string; whole: boolean; rows: number };

type SurveyRow = {
  id: string;
  settings: string;
  version: number;
  first_open_day: string;
  created_at: number;
  updated_at: number;
  purged_before: number;
  restoring: string | null;
  filling: string | null;
  has_webhooks: number;
};

const COLUMNS = `id, settings, version, first_open_day, created_at, updated_at, purged_before, restoring, filling,
  has_webhooks`;

const sql = {
  findSurvey: statement(`SELECT ${COLUMNS}
    FROM surveys WHERE id = :id AND deleted_at IS NULL`),
  listSurveys: statement(`SELECT ${COLUMNS}
    FROM surveys WHERE deleted_at IS NULL AND id > :after AND (:only IS NULL OR id = :only) ORDER BY id LIMIT :limit`),
  insertSurvey: statement(
    `INSERT INTO surveys (id, settings, created_at, updated_at) VALUES (:id, :settings, :now, :now)
    ON CONFLICT (id) DO NOTHING`,
  ),
  updateSurvey: statement(`UPDATE surveys SET settings = :settings, first_open_day = :first_open_day, updated_at = :now,
      version = version + 1, filling = coalesce(:filling, filling)
    WHERE id = :id AND version = :version AND deleted_at IS NULL RETURNING version`),
  deleteSurvey: statement(`UPDATE surveys SET deleted_at = :now, version = version + 1
    WHERE id = :id AND deleted_at IS NULL RETURNING id`),
  listDeletedSurveys: statement(`SELECT id FROM surveys WHERE deleted_at IS NOT NULL LIMIT 2`),
  listRetaining: statement(`SELECT id, settings ->> 'retention_days' AS days FROM surveys
    WHERE deleted_at IS NULL AND id > :after AND settings ->> 'retention_days' IS NOT NULL ORDER BY id LIMIT :most`),
  countSurveys: statement(`SELECT count(*) - count(deleted_at) AS kept, count(deleted_at) AS deleted FROM surveys`),
  purgeSurvey: statement(`DELETE FROM surveys WHERE id = :id AND deleted_at IS NOT NULL`),
};

export async function findSurvey(store: Store, id: string): Promise<StoredSurvey | null> {
  const { metricsVersion = null } = read.get(id) ?? {};
  const row = await store.first<SurveyRow>(sql.findSurvey({ id }));
  if (!row) {
    read.delete(id);
    return null;
  }
  const survey = stored(row);
  read.set(id, { survey, metricsVersion });
  return survey;
}

/**
 * Surveys as this isolate last read them, and the version of their metrics that was read just before. A survey may have changed
 * since; while its metrics have the same version it has not, because a change of settings or a deletion gives them a new one.
 */
const read = isolateCache<{ survey: StoredSurvey; metricsVersion: string | null }>(500);

/** The survey as this isolate last read it, else as stored. Only for decisions that a write checks against the version. */
export async function recallSurvey(store: Store, id: string): Promise<StoredSurvey | null> {
  return read.get(id)?.survey ?? findSurvey(store, id);
}

/** The survey at this version of its metrics. Costs no query if this isolate has read the survey at the same version. */
export async function findSurveyAt(
  store: Store,
  id: string,
  metricsVersion: string | null,
): Promise<StoredSurvey | null> {
  const there = read.get(id);
  if (there && metricsVersion !== null && there.metricsVersion === metricsVersion) return there.survey;
  const survey = await findSurvey(store, id);
  if (survey) read.set(id, { survey, metricsVersion });
  return survey;
}

/** At most `limit` surveys in order of id, after `after`; with `only`, that survey alone. */
export async function listSurveys(
  store: Store,
  after: string,
  only: string | null,
  limit: number,
): Promise<StoredSurvey[]> {
  return (await store.all<SurveyRow>(sql.listSurveys({ after, only, limit }))).map(stored);
}

export async function insertSurvey(store: Store, id: string, settings: SurveySettings, now: number): Promise<void> {
  await store.all(sql.insertSurvey({ id, settings: JSON.stringify(settings), now }));
}

/** `day`: the survey's today by the new settings. `filling`: the backfill to begin; null leaves the current one as it is. */
export type SurveyChange = {
  settings: SurveySettings;
  firstOpenDay: string;
  filling: Backfill | null;
  now: number;
  day: string;
};

/** Stores new settings if nobody else changed the survey meanwhile; false if somebody did. */
export async function updateSurvey(store: Store, survey: StoredSurvey, change: SurveyChange): Promise<boolean> {
  const [rows] = await store.batch([
    sql.updateSurvey({
      id: survey.id,
      version: survey.version,
      settings: JSON.stringify(change.settings),
      first_open_day: change.firstOpenDay,
      now: change.now,
      filling: change.filling && JSON.stringify(change.filling),
    }),
    outdateFigures(survey.id, change.day),
  ]);
  return rows!.length > 0;
}

/** Hides the survey at once; a job then erases its rows. `day`: the survey's today. False if there is no such survey. */
export async function deleteSurvey(store: Store, id: string, at: { now: number; day: string }): Promise<boolean> {
  const [rows] = await store.batch([sql.deleteSurvey({ id, now: at.now }), outdateFigures(id, at.day)]);
  return rows!.length > 0;
}

/** At most `most` surveys with a `retention_days` setting, in order of id, after `after`. */
export async function listRetaining(
  store: Store,
  after: string,
  most: number,
): Promise<{ id: string; days: number }[]> {
  return store.all(sql.listRetaining({ after, most }));
}

/** How many surveys there are, and how many deleted ones are still being erased. Scans the table of surveys. */
export async function countSurveys(store: Store): Promise<{ kept: number; deleted: number }> {
  return (await store.first<{ kept: number; deleted: number }>(sql.countSurveys()))!;
}

/** The ids of at most two deleted surveys: the first is to be erased, and a second one tells that there are more. */
export async function listDeletedSurveys(store: Store): Promise<string[]> {
  return (await store.all<{ id: string }>(sql.listDeletedSurveys())).map((row) => row.id);
}

export async function purgeSurvey(store: Store, id: string): Promise<void> {
  await store.all(sql.purgeSurvey({ id }));
}

const DEFAULTS = surveySettingsSchema.parse({ name: "-" });

function stored(row: SurveyRow): StoredSurvey {
  return {
    id: row.id,
    // A setting that was introduced after the survey was stored has its default.
    settings: mergeSettings(DEFAULTS, JSON.parse(row.settings), false) as SurveySettings,
    version: row.version,
    firstOpenDay: row.first_open_day,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    purgedBefore: row.purged_before,
    restoring: row.restoring === null ? null : restoringOf(JSON.parse(row.restoring)),
    filling: readBackfill(row.filling),
    hasWebhooks: row.has_webhooks === 1,
  };
}

function restoringOf({ archive, whole, rows }: { archive: string; whole: number; rows: number }): Restoring {
  return { archive, whole: whole === 1, rows };
}

/** Whether the survey is not just being made from an archive. */
export function isWhole({ restoring }: StoredSurvey): boolean {
  return restoring === null || restoring.whole;
}

/**
 * Refuses what would change the answers or the settings of a survey that is being made from an archive: the archive's counters
 * take the place of all that is counted meanwhile.
 */
export function mustBeWhole(survey: StoredSurvey): void {
  if (isWhole(survey)) return;
  throw new Problem("overloaded", {
    detail: "The survey is being restored from an archive. Send this again when that is done.",
    retryAfterSeconds: RESTORED_SECONDS,
  });
}

const RESTORED_SECONDS = 60;
