/** The survey together with the version of its metrics, for readers who ask for the metrics many times. */
import { statement } from "./statement.ts";
import type { Store } from "./store.ts";
import type { StoredSurvey } from "./surveys.ts";
import { findSurveyAt } from "./surveys.ts";

/** `metricsVersion` changes whenever any figure or setting of the survey does, and never returns to what it was. */
export type VersionedSurvey = { survey: StoredSurvey; metricsVersion: string };

const sql = {
  findNewestDay: statement(
    "SELECT day, changes FROM rollups WHERE survey_id = :survey AND segment = '' ORDER BY day DESC LIMIT 1",
  ),
};

/** Null when there is no such survey. Reads one row where this isolate has seen the same version before. */
export async function findVersionedSurvey(store: Store, id: string): Promise<VersionedSurvey | null> {
  // The version is read first: if the survey changes between the two reads, it is stored with a version that is outdated
  // already.
  const metricsVersion = await findMetricsVersion(store, id);
  const survey = await findSurveyAt(store, id, metricsVersion);
  return survey && { survey, metricsVersion: metricsVersion ?? "" };
}

/** The version of the survey's metrics; null before anything was counted. Reads one row. */
export async function findMetricsVersion(store: Store, id: string): Promise<string | null> {
  const newest = await store.first<{ day: string; changes: number }>(sql.findNewestDay({ survey: id }));
  return newest && `${newest.day} ${newest.changes}`;
}
