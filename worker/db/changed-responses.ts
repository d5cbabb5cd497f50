/**
 * The responses that were stored or changed since an instant, for programs that poll. A response that changed more than an
 * hour after the time in its id is in an index by the time of its change (a late one). Every other response that changed
 * since the instant has an id from at most an hour before the instant.
 */
import { limits } from "../../shared/limits.ts";
import { instantOfResponseId, lowestResponseId } from "../../shared/response-id.ts";
import { invalid } from "../problem.ts";
import type { Scanned } from "./bounded-scan.ts";
import { boundedScan } from "./bounded-scan.ts";
import type { RowFilter } from "./response-filter.ts";
import type { ItemRow } from "./response-items.ts";
import type { Store } from "./store.ts";

const HOUR_MS = 3_600_000;

/** The condition of the index, word for word: only then does SQLite know that the index holds every such row. */
export const CHANGED_LATE = `substr(id, 1, 8) || substr(id, 10, 4) < printf('%012x', updated_at - ${HOUR_MS})` as const;

const AMONG_LATE = `survey_id = :survey AND test = 0 AND ${CHANGED_LATE} AND (updated_at, id) > (:at, :id)
  ORDER BY updated_at, id` as const;
const scanLate = boundedScan<ItemRow, typeof AMONG_LATE, "">({
  index: "INDEXED BY responses_changed_late",
  among: AMONG_LATE,
  where: "",
  key: "printf('%015d %s', updated_at, id)",
  last: "max",
  keyOf: ({ updated_at, id }) => `${updated_at} ${id}`,
});

const AMONG_OTHERS = "survey_id = :survey AND id > :after ORDER BY id";
const CHANGED = `AND updated_at >= :changed_since AND (:also_late OR NOT ${CHANGED_LATE})` as const;
const scanOthers = boundedScan<ItemRow, typeof AMONG_OTHERS, typeof CHANGED>({
  index: "",
  among: AMONG_OTHERS,
  where: CHANGED,
  key: "id",
  last: "max",
  keyOf: ({ id }) => id,
});

/** Where a list of changes goes on: after this response of the late ones, or after this response of the others. */
type ChangesPosition = { late: { at: number; id: string } } | { after: string };

/**
 * The responses stored or changed at `since` (ms since 1970) or later: first the late ones in order of their change, then the
 * others in order of id. The list holds every response that was there when its first page was read; a response that changes
 * meanwhile may be in it twice. `from`: where the page before ended, "" for the first page. Throws `invalid` for a position
 * that this list never gave out.
 */
export async function listChangedResponses(
  store: Store,
  survey: string,
  filter: RowFilter,
  since: number,
  from: string,
): Promise<Scanned<ItemRow>> {
  const most = Math.max(limits.scannedRows, filter.limit + 1);
  // The responses of one person are found by the person's id, so the index of late changes is not needed.
  const isOfOne = filter.respondent !== undefined;
  const others = { after: isOfOne ? "" : lowestResponseId(Math.max(0, since - HOUR_MS)) };
  const start = isOfOne ? others : { late: { at: since, id: "" } };
  const position = from === "" ? start : positionOf(from);
  if ("late" in position) {
    const { rows, next } = await scanLate(store, filter, most, { survey, ...position.late });
    if (next !== null) return { rows, next: `late ${next}` };
    if (rows.length > 0) return { rows, next: `id ${others.after}` };
  }
  const { after } = "late" in position ? others : position;
  const values = { survey, after, changed_since: since, also_late: Number(isOfOne) };
  const { rows, next } = await scanOthers(store, filter, most, values);
  return { rows, next: next === null ? null : `id ${next}` };
}

/** The position of a response in the list, from its id and its `updated_at` as the list gave it. */
export function positionOfChanged(
  { id, updated_at }: Pick<ItemRow, "id" | "updated_at">,
  { respondent }: Pick<RowFilter, "respondent">,
): string {
  const isLate = instantOfResponseId(id) < updated_at - HOUR_MS;
  return isLate && respondent === undefined ? `late ${updated_at} ${id}` : `id ${id}`;
}

function positionOf(key: string): ChangesPosition {
  const [, at, id] = /^late (\d{1,15}) (\S{1,40})$/.exec(key) ?? [];
  if (at !== undefined && id !== undefined) return { late: { at: Number(at), id } };
  const after = /^id (\S{0,40})$/.exec(key)?.[1];
  if (after === undefined) throw invalid("/cursor", "is not one that this list gave out");
  return { after };
}
