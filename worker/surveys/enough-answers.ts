/** Whether a survey has as many answers as its owner wants (`stop_after`). */
import { countResponses } from "../db/rollups.ts";
import type { Store } from "../db/store.ts";
import type { StoredSurvey } from "../db/surveys.ts";

/**
 * Whether the survey is over because enough answers are counted. They are counted anew each time, so that answers that were
 * excluded make room, and so does a higher number. Reads one row for each day with answers, and none for a survey without the
 * setting.
 */
export async function hasEnough(store: Store, { id, settings }: StoredSurvey): Promise<boolean> {
  return settings.stop_after !== null && (await countResponses(store, id)) >= settings.stop_after;
}
