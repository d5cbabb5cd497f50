/**
 * Retention: raw responses older than a survey's `retention_days` go, their counters stay. An id tells its age, so the old
 * ones are the first of the survey's rows and no index is needed.
 */

import { DAY_MS } from "../../shared/calendar.ts";
import { mintResponseId } from "../../shared/response-id.ts";
import { purgeInvitationsOf } from "../db/invitations.ts";
import { purgeResponses } from "../db/responses.ts";
import type { Store } from "../db/store.ts";
import { listRetaining } from "../db/surveys.ts";
import type { Done } from "./run.ts";

const CHUNK = 1000;
/** Each is one query, and an invocation on the free plan has 50. */
const STEPS = 10;

/** Goes on behind the survey `cursor`; whoever was not reached is first in the next run. */
export async function applyRetention(store: Store, now: number, cursor: string): Promise<Done> {
  const surveys = await listRetaining(store, cursor, STEPS);
  let done = 0;
  let steps = STEPS;
  for (const { id, days } of surveys) {
    const cutoff = now - days * DAY_MS;
    const old = mintResponseId(cutoff, new Uint8Array(10));
    for (let full = true; full; steps--) {
      if (steps === 0)
        return { done, more: true, cursor: surveys[surveys.findIndex((each) => each.id === id) - 1]?.id ?? cursor };
      const deleted = await purgeResponses(store, id, { id: old, created: cutoff, now }, CHUNK);
      done += deleted;
      full = deleted === CHUNK;
    }
    done += await purgeInvitationsOf(store, id, { before: old, now }, CHUNK);
  }
  const more = surveys.length === STEPS;
  return { done, more, cursor: more ? surveys.at(-1)!.id : "" };
}
