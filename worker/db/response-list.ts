/** All responses of a survey, newest first: in order of id, because an id begins with the time at which it was made. */

import { limits } from "../../shared/limits.ts";
import { lowestResponseId } from "../../shared/response-id.ts";
import { addDays, DAY_MS } from "../../shared/time/calendar.ts";
import type { Scanned } from "./bounded-scan.ts";
import { boundedScan } from "./bounded-scan.ts";
import { listChangedResponses, positionOfChanged } from "./changed-responses.ts";
import type { RowFilter } from "./response-filter.ts";
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
 * At most `filter.limit` responses after the position `after` ("" for the first page), and the position of the next page. They
 * are in order of id, or with `updated_since` in the order of `listChangedResponses`.
 */
export async function listResponses(
  store: Store,
  survey: string,
  { updated_since: since, ...filter }: RowFilter & { updated_since?: number | undefined },
  after: string,
): Promise<Scanned<ItemRow>> {
  if (since !== undefined) return listChangedResponses(store, survey, filter, since, after);
  const { limit } = filter;
  // Test responses are among the others, so that even a scan without a filter may look at more rows than it shows.
  const most = isFiltered(filter) ? Math.max(limits.scannedRows, limit + 1) : Math.max(limit * 2, 100);
  const ids = idsWithin(filter);
  const before = after === "" || after > ids.before ? ids.before : after;
  return scanResponses(store, filter, most, { survey, before_id: before, from_id: ids.from });
}

/**
 * The position of a response in the list, from its id and, in the order of changes, its `updated_at` (ms since 1970) as the
 * list gave it: it may have changed since, and what stood between its two places would be left out.
 */
export function positionOf(
  { id, updated_at }: { id: string; updated_at?: number | undefined },
  filter: Pick<RowFilter, "respondent"> & { updated_since?: number | undefined },
): string {
  const isByChange = filter.updated_since !== undefined && updated_at !== undefined;
  return isByChange ? positionOfChanged({ id, updated_at }, filter) : id;
}

/**
 * The lowest and the highest id that a response of the days asked for can have. The id of a browser whose clock is wrong is at
 * most a week ahead of its day (see responses/stored-ids.ts), that of an invitation up to a year behind; a day begins at most
 * 14 hours before the day in UTC and ends at most 12 hours after it.
 */
function idsWithin({ from, to }: RowFilter): { from: string; before: string } {
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
