/** All responses of a survey, newest first: by id, which begins with the time it was made. */

import { addDays, DAY_MS } from "../../shared/calendar.ts";
import { limits } from "../../shared/limits.ts";
import { lowestResponseId } from "../../shared/response-id.ts";
import type { Filter } from "../../shared/schema/filter.ts";
import type { Scanned } from "./bounded-scan.ts";
import { boundedScan } from "./bounded-scan.ts";
import { listChangedResponses } from "./changed-responses.ts";
import { isFiltered } from "./response-filter.ts";
import type { ItemRow } from "./response-items.ts";
import type { Store } from "./store.ts";

const AMONG = "survey_id = :survey AND id < :before_id AND id >= :from_id ORDER BY id DESC";

const scanResponses = boundedScan<ItemRow, typeof AMONG, "">({
  index: "",
  among: AMONG,
  where: "",
  key: "id",
  last: "min",
  keyOf: (row) => row.id,
});

/**
 * At most `filter.limit` responses after the place `after` ("" for the first), and where to go on: by id, or with
 * `updated_since` as `listChangedResponses` has them.
 */
export async function listResponses(
  store: Store,
  survey: string,
  { updated_since: since, ...filter }: Filter & { updated_since?: number | undefined },
  after: string,
): Promise<Scanned<ItemRow>> {
  if (since !== undefined) return listChangedResponses(store, survey, filter, since, after);
  const { limit } = filter;
  // Test responses lie among the others, so even an unfiltered scan may look at more rows than it shows.
  const most = isFiltered(filter) ? Math.max(limits.scannedRows, limit + 1) : Math.max(limit * 2, 100);
  const ids = idsWithin(filter);
  const before = after === "" || after > ids.before ? ids.before : after;
  return scanResponses(store, filter, most, { survey, before_id: before, from_id: ids.from });
}

/**
 * The ids between which the days asked for lie. The id of a browser whose clock is off is at most a week ahead of its day
 * (see responses/stored-ids.ts), an invitation's up to a year behind; a day begins at most 14 hours before UTC's and ends
 * 12 after.
 */
function idsWithin({ from, to }: Filter): { from: string; before: string } {
  const since = from === undefined ? null : instantOf(addDays(from, -1)) - limits.invitationDaysMost * DAY_MS;
  const until = to === undefined ? null : instantOf(addDays(to, 2 + limits.clockBackDays));
  return {
    from: since === null ? "" : lowestResponseId(Math.max(0, since)),
    before: until === null ? "~" : lowestResponseId(until),
  };
}

function instantOf(day: string): number {
  return Date.parse(`${day}T00:00:00Z`);
}
