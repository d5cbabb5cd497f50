/** What the cron deletes, in chunks that fit into one invocation; what is left waits for the next. */
import { eraseResponses, purgeTests } from "../db/responses.ts";
import { eraseRollups } from "../db/rollups.ts";
import { eraseSegmentValues } from "../db/segment-values.ts";
import { purgeSessions } from "../db/sessions.ts";
import type { Store } from "../db/store.ts";
import { listDeletedSurveys, purgeSurvey } from "../db/surveys.ts";

const CHUNK = 1000;
const TEST_MS = 86_400_000;

/** Deletes day-old test responses, sessions that have expired, and what deleted surveys still hold. */
export async function clean(store: Store, now: number): Promise<void> {
  await purgeTests(store, now - TEST_MS, CHUNK);
  await purgeSessions(store, now);
  for (const survey of await listDeletedSurveys(store)) {
    const erased = [
      await eraseResponses(store, survey, CHUNK),
      await eraseRollups(store, survey, CHUNK),
      await eraseSegmentValues(store, survey),
    ];
    if (erased.every((count) => count < CHUNK)) await purgeSurvey(store, survey);
  }
}
