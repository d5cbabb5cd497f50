/**
 * Retention: deletes raw responses that are older than a survey's `retention_days`; their counters stay. An id begins with its
 * time, so the oldest responses are the first rows of the survey and no index is needed.
 */

import { mintResponseId } from "../../shared/response-id.ts";
import { DAY_MS } from "../../shared/time/calendar.ts";
import { purgeInvitationsOf } from "../db/invitations.ts";
import { purgeResponses } from "../db/responses.ts";
import type { Store } from "../db/store.ts";
import { listRetaining } from "../db/surveys.ts";
import type { Done } from "./run.ts";

const CHUNK = 1000;
/** Statements on responses in one run, each one query; an invocation on the free plan has 50 queries. */
const STEPS = 10;

/** Goes on after the survey `cursor`. The next run begins with the first survey that this run did not finish. */
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
