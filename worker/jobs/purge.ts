/** What the cron deletes, in chunks that fit into one invocation; what is left waits for the next. */

import { DAY_MS } from "../../shared/calendar.ts";
import { mintResponseId } from "../../shared/response-id.ts";
import { forgetRespondentsOf } from "../db/audit.ts";
import { eraseFoldingValues } from "../db/erasure.ts";
import { eraseInvitations, purgeInvitations } from "../db/invitations.ts";
import { eraseKeys } from "../db/keys.ts";
import { eraseResponses, purgeTests } from "../db/responses.ts";
import { eraseRollups } from "../db/rollups.ts";
import { eraseSegmentValues } from "../db/segment-values.ts";
import { purgeSessions } from "../db/sessions.ts";
import { eraseSigningKeys } from "../db/signing-keys.ts";
import type { Store } from "../db/store.ts";
import { listDeletedSurveys, purgeSurvey } from "../db/surveys.ts";
import { eraseUnsubscribes } from "../db/unsubscribes.ts";
import type { Done } from "./run.ts";

const CHUNK = 1000;
const TEST_MS = DAY_MS;
/** An invitation lives for a year at most, and is remembered a little longer so that its link can say what became of it. */
const INVITATION_MS = 400 * DAY_MS;

/** Deletes day-old test responses, expired sessions, old invitations, and what deleted surveys still hold. */
export async function clean(store: Store, now: number): Promise<Done> {
  const purged = [
    await purgeTests(store, now - TEST_MS, CHUNK),
    await purgeInvitations(store, mintResponseId(now - INVITATION_MS, new Uint8Array(10)), CHUNK),
  ];
  await purgeSessions(store, now);
  for (const survey of await listDeletedSurveys(store)) {
    const erased = [
      await eraseResponses(store, survey, CHUNK),
      await eraseRollups(store, survey, CHUNK),
      await eraseSegmentValues(store, survey),
      await eraseFoldingValues(store, survey),
      await eraseInvitations(store, survey, CHUNK),
      await eraseUnsubscribes(store, survey, CHUNK),
      await eraseSigningKeys(store, survey),
      await eraseKeys(store, survey),
      await forgetRespondentsOf(store, survey, CHUNK),
    ];
    purged.push(...erased);
    if (erased.every((count) => count < CHUNK)) await purgeSurvey(store, survey);
  }
  return { done: purged.reduce((sum, count) => sum + count), more: purged.some((count) => count >= CHUNK) };
}
