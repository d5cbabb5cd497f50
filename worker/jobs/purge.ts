/** What the cron deletes, in chunks that fit into one invocation; what is left waits for the next. */

import { DAY_MS } from "../../shared/calendar.ts";
import { mintResponseId } from "../../shared/response-id.ts";
import { purgeInvitations } from "../db/invitations.ts";
import { purgeTests } from "../db/responses.ts";
import { purgeSessions } from "../db/sessions.ts";
import type { Store } from "../db/store.ts";
import type { Done } from "./run.ts";

const CHUNK = 1000;
const TEST_MS = DAY_MS;
/** An invitation lives for a year at most, and is remembered a little longer so that its link can say what became of it. */
const INVITATION_MS = 400 * DAY_MS;

/** Deletes day-old test responses, expired sessions and old invitations. */
export async function purge(store: Store, now: number): Promise<Done> {
  const purged = [
    await purgeTests(store, now - TEST_MS, CHUNK),
    await purgeInvitations(store, mintResponseId(now - INVITATION_MS, new Uint8Array(10)), CHUNK),
  ];
  await purgeSessions(store, now);
  return { done: purged.reduce((sum, count) => sum + count), more: purged.some((count) => count >= CHUNK) };
}
