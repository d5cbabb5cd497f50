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
import { statement } from "./statement.ts";
import type { Store } from "./store.ts";

const DAY_MS = 86_400_000;

const WALKED = `survey_id = :survey AND id < :before_id AND id >= :from_id ORDER BY id DESC LIMIT :looked_at`;
const OF_ALL = `FROM responses WHERE ${WALKED}`;
const OF_ONE = `FROM responses INDEXED BY responses_by_respondent WHERE respondent_id = :respondent AND ${WALKED}`;

const list = <Of extends string>(of: Of) =>
  statement(`SELECT ${ITEM_COLUMNS} FROM (SELECT * ${of}) WHERE test = 0 AND ${MATCHES} LIMIT :shown`);
const reach = <Of extends string>(of: Of) =>
  statement(`SELECT count(*) AS rows, min(id) AS reached FROM (SELECT id ${of})`);

const sql = {
  listResponses: list(OF_ALL),
  listResponsesOfOne: list(OF_ONE),
  reachResponses: reach(OF_ALL),
  reachResponsesOfOne: reach(OF_ONE),
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
  const walked = {
    survey,
    before_id: after === "" || after > ids.before ? ids.before : after,
    from_id: ids.from,
    looked_at: most,
  };
  const shown = { ...walked, shown: limit + 1, ...matching(filter) };
  const [find, reached] =
    respondent === undefined
      ? [sql.listResponses(shown), sql.reachResponses(walked)]
      : [sql.listResponsesOfOne({ ...shown, respondent }), sql.reachResponsesOfOne({ ...walked, respondent })];
  const found = await store.all<ItemRow>(find);
  return walkOf(
    found,
    limit,
    most,
    (row) => row.id,
    async () => store.first(reached),
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
