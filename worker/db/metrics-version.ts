/** The survey as it is now together with the version of its figures, for readers who ask again and again. */
import { statement } from "./statement.ts";
import type { Store } from "./store.ts";
import type { StoredSurvey } from "./surveys.ts";
import { findSurvey } from "./surveys.ts";

/** `figures` changes whenever any figure or setting of the survey does, and never returns to what it was. */
export type Current = { survey: StoredSurvey; figures: string };

const sql = {
  findNewest: statement(
    `SELECT day, changes FROM rollups WHERE survey_id = :survey AND segment = '' ORDER BY day DESC LIMIT 1`,
  ),
};

/** Surveys as this isolate has read them, each after the version under which it is kept. */
const known = new Map<string, Current>();
const SURVEYS_KNOWN = 500;

/**
 * Null when there is no such survey. Reads one row where this isolate has seen the same version before: a change of
 * settings, and a deletion, counts as a change of the newest total too, so an equal version means equal settings.
 */
export async function findCurrent(store: Store, id: string): Promise<Current | null> {
  const figures = await findFigures(store, id);
  const there = known.get(id);
  if (figures !== null && there?.figures === figures) return there;
  const survey = await findSurvey(store, id);
  known.delete(id);
  if (!survey) return null;
  const current = { survey, figures: figures ?? "" };
  if (known.size >= SURVEYS_KNOWN) known.clear();
  known.set(id, current);
  return current;
}

/** The version of the survey's figures; null before anything was counted. Reads one row. */
export async function findFigures(store: Store, id: string): Promise<string | null> {
  const newest = await store.first<{ day: string; changes: number }>(sql.findNewest({ survey: id }));
  return newest && `${newest.day} ${newest.changes}`;
}
