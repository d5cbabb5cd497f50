/** All responses of a survey, newest first: by id, which begins with the time it was made. */
import { addDays } from "../../shared/calendar.ts";
import { limits } from "../../shared/limits.ts";
import { mintResponseId } from "../../shared/response-id.ts";
import type { Filter } from "../../shared/schema/filter.ts";
import type { Walk } from "./bounded-scan.ts";
import { walkOf } from "./bounded-scan.ts";
import { isFiltered, MATCHES, matching } from "./response-filter.ts";
import type { ItemRow } from "./response-items.ts";
import { ITEM_COLUMNS } from "./response-items.ts";
import type { Param, Store } from "./store.ts";

const DAY_MS = 86_400_000;

const walked = (columns: string, index: string, of: string) => `SELECT ${columns} FROM responses ${index}
  WHERE ${of} AND survey_id = ?1 AND id < ?2 AND id >= ?3 ORDER BY id DESC LIMIT ?4`;
const OF_ALL = ["", "?5 IS NULL"] as const;
const OF_ONE = ["INDEXED BY responses_by_respondent", "respondent_id = ?5"] as const;

const list = (...of: readonly [string, string]) => `SELECT ${ITEM_COLUMNS}
  FROM (${walked("*", ...of)}) WHERE test = 0 AND ${MATCHES} LIMIT ?6`;
const reach = (...of: readonly [string, string]) => `SELECT count(*) AS rows, min(id) AS reached
  FROM (${walked("id", ...of)})`;

const sql = {
  listResponses: list(...OF_ALL),
  listResponsesOfOne: list(...OF_ONE),
  reachResponses: reach(...OF_ALL),
  reachResponsesOfOne: reach(...OF_ONE),
};

/** At most `filter.limit` responses after the one with id `after` (""), and where to go on. */
export async function listResponses(
  store: Store,
  survey: string,
  filter: Filter,
  after: string,
): Promise<Walk<ItemRow>> {
  const { limit, respondent } = filter;
  // Test responses lie among the others, so even an unfiltered walk may look at more rows than it shows.
  const most = isFiltered(filter) ? Math.max(limits.scannedRows, limit + 1) : Math.max(limit * 2, 100);
  const ids = idsWithin(filter);
  const start: Param[] = [
    survey,
    after === "" || after > ids.before ? ids.before : after,
    ids.from,
    most,
    respondent ?? null,
  ];
  const [find, reached] =
    respondent === undefined
      ? [sql.listResponses, sql.reachResponses]
      : [sql.listResponsesOfOne, sql.reachResponsesOfOne];
  const found = await store.all<ItemRow>(find, ...start, limit + 1, null, null, null, ...matching(filter));
  return walkOf(
    found,
    limit,
    most,
    (row) => row.id,
    async () => store.first(reached, ...start),
  );
}

/**
 * The ids between which the days asked for lie. The id of a browser whose clock is off is at most a week ahead of its day
 * (see responses/stored-ids.ts), an invitation's up to a year behind; a day begins at most 14 hours before UTC's and ends
 * 12 after.
 */
function idsWithin({ from, to }: Filter): { from: string; before: string } {
  const since = from === undefined ? null : instantOf(addDays(from, -1)) - limits.invitationDaysMost * DAY_MS;
  const until = to === undefined ? null : instantOf(addDays(to, 2 + limits.clockBackDays));
  return { from: since === null ? "" : lowestId(Math.max(0, since)), before: until === null ? "~" : lowestId(until) };
}

function instantOf(day: string): number {
  return Date.parse(`${day}T00:00:00Z`);
}

function lowestId(instant: number): string {
  return mintResponseId(instant, new Uint8Array(10));
}
