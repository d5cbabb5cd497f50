/** The list of responses: which of them, in which order, and where the next page begins. */
import { limits } from "../../shared/limits.ts";
import { lowestResponseId } from "../../shared/response-id.ts";
import type { DelightedResponses } from "../../shared/schema/delighted.ts";
import { DAY_MS } from "../../shared/time/calendar.ts";
import type { ItemRow } from "../db/response-items.ts";
import type { TimedResponse } from "../db/responses-in-order.ts";
import {
  findFirstInvitation,
  listNamedResponses,
  listTimesOfPerson,
  listTimesSince,
  walkResponses,
} from "../db/responses-in-order.ts";
import type { Store } from "../db/store.ts";
import { openCursor, sealCursor } from "../http/cursor.ts";
import { invalid, Problem } from "../problem.ts";

/** `next`: the parameters that ask for the next page; null where the list ends. */
export type ResponsePage = { rows: ItemRow[]; next: Record<string, string> | null };

/** Later than any response. */
const NEVER = 2 ** 47;
/** Of so many rows the times are read at once to be sorted. */
const MOST_SORTED = limits.scannedRows;
/** How far an id may lie beside the time of its response, unless it is that of an invitation. */
const CLOCK_MS = (limits.clockBackDays + 1) * DAY_MS;

/**
 * One page. The responses of a person, and those stored or changed since an instant, are sorted by their own times, and at most
 * 5,000 of them are read for that. All others come in the order of their ids, which begin with the time at which a response was
 * made, or for an invited person with the time of the invitation; at most 10,000 rows are walked. Throws `invalid` where more
 * would have to be read.
 */
export async function listDelighted(store: Store, survey: string, query: DelightedResponses): Promise<ResponsePage> {
  const person = query.person_id ?? query.person_email ?? query.person_phone_number;
  if (person !== undefined) {
    const found = await listTimesOfPerson(store, survey, person, MOST_SORTED);
    if (found) return sorted(store, survey, query, found);
    throw tooMany("/person_id", `The person has more than ${MOST_SORTED} responses.`);
  }
  const byChange = query.order.endsWith("updated_at");
  // Whatever was made since then was stored since then.
  const since = Math.max(query.since ?? 0, query.updated_since ?? 0);
  if (query.cursor === undefined && (byChange || since > 0)) {
    const found = await listTimesSince(store, survey, since, MOST_SORTED);
    if (found) return sorted(store, survey, query, found);
  }
  if (byChange)
    throw tooMany(
      "/order",
      `More than ${MOST_SORTED} responses were stored or changed since then: ask for a later \`updated_since\`, or take the order \`asc\`.`,
    );
  return walked(store, survey, query);
}

async function sorted(
  store: Store,
  survey: string,
  query: DelightedResponses,
  found: readonly TimedResponse[],
): Promise<ResponsePage> {
  const { page, per_page: size, since = 0, until = NEVER, updated_since = 0, updated_until = NEVER } = query;
  const [way, by = "created_at"] = query.order.split(":") as ["asc" | "desc", ("created_at" | "updated_at")?];
  const sign = way === "asc" ? 1 : -1;
  const kept = found
    .filter(({ created_at: at }) => at >= since && at < secondAfter(until))
    .filter(({ updated_at: at }) => at >= updated_since && at < secondAfter(updated_until))
    .sort((a, b) => sign * (a[by] - b[by] || (a.id < b.id ? -1 : 1)));
  const ids = kept.slice((page - 1) * size, page * size).map(({ id }) => id);
  const rows = await listNamedResponses(store, survey, ids);
  return { rows, next: kept.length > page * size ? { page: String(page + 1) } : null };
}

async function walked(store: Store, survey: string, query: DelightedResponses): Promise<ResponsePage> {
  const { page, per_page: size, since = 0, until = NEVER, updated_since = 0, updated_until = NEVER, cursor } = query;
  const skip = cursor === undefined ? (page - 1) * size : 0;
  if (skip + size > limits.pagedRows) throw tooFar();
  // One row more, which says that there is a next page.
  const most = limits.pagedRows + 1;
  const order = query.order.startsWith("asc") ? "asc" : "desc";
  const between = await idsWithin(store, survey, since, until);
  const place = openCursor(cursor);
  if (place !== "" && !/^[0-9a-f-]{36}$/.test(place)) throw invalid("/cursor", "is not one that this list gave out");
  if (place !== "") Object.assign(between, order === "asc" ? { after: place } : { before: place });
  const times = {
    since,
    until: secondAfter(until) - 1,
    updated_since,
    updated_until: secondAfter(updated_until) - 1,
  };
  const { rows, next, cut } = await walkResponses(store, survey, order, between, times, { found: size, skip, most });
  // A page by number that is short is taken for the last one, so it must not be short for any other reason.
  if (cut && cursor === undefined) throw tooFar();
  return { rows, next: next === null ? null : { cursor: sealCursor(next)! } };
}

/**
 * The ids that a response of these times can have. A browser's clock may be a week ahead; an invitation's id is up to a year
 * older than its answer, so that the first invitation of that year is where the ids begin.
 */
async function idsWithin(
  store: Store,
  survey: string,
  since: number,
  until: number,
): Promise<{ after: string; before: string }> {
  const before = until === NEVER ? "~" : lowestResponseId(until + CLOCK_MS);
  if (since === 0) return { after: "", before };
  const usual = lowestResponseId(Math.max(0, since - CLOCK_MS));
  const invited = await findFirstInvitation(
    store,
    survey,
    lowestResponseId(Math.max(0, since - limits.invitationDaysMost * DAY_MS)),
  );
  // Every id is greater than this beginning of the first one.
  const [after = usual] = [usual, invited?.slice(0, -1) ?? usual].sort();
  return { after, before };
}

/** A time in whole seconds includes the whole second. */
function secondAfter(ms: number): number {
  return ms + 1000;
}

function tooFar(): Problem {
  return tooMany(
    "/page",
    `For this page more than ${limits.pagedRows} rows would have to be looked at. Ask for a narrower time, or for the first page without times and follow the address in \`Link\`, which goes on without an end.`,
  );
}

function tooMany(pointer: string, detail: string): Problem {
  return new Problem("invalid", {
    detail,
    errors: [{ pointer, detail: "asks for more rows than one request reads" }],
  });
}
