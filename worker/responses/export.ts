/**
 * Every response in one stream, as CSV or NDJSON, or in parts. The Worker holds `streamPartMost` of them in memory at a time.
 */
import type { Context } from "hono";
import type { Cell, Separator } from "../../shared/csv.ts";
import { BYTE_ORDER_MARK, csvLine } from "../../shared/csv.ts";
import { limits } from "../../shared/limits.ts";
import type { ScoreName } from "../../shared/questions.ts";
import { scoreNames, scoresIn } from "../../shared/questions.ts";
import type { ResponseItem } from "../../shared/schema/comment.ts";
import type { ExportQuery } from "../../shared/schema/filter.ts";
import { CROSS, isBuiltInSegment } from "../../shared/segments.ts";
import { instantInZone } from "../../shared/time/calendar.ts";
import { hashText } from "../crypto/hash.ts";
import { addCounts } from "../db/counts.ts";
import type { RowFilter } from "../db/response-filter.ts";
import type { ItemRow } from "../db/response-items.ts";
import { listResponses } from "../db/response-list.ts";
import { listTotals } from "../db/rollups.ts";
import type { Store } from "../db/store.ts";
import type { StoredSurvey } from "../db/surveys.ts";
import type { App } from "../env.ts";
import { sealCursor } from "../http/cursor.ts";
import { publicResponse } from "../replies/response.ts";

type Format = {
  type: string;
  extension: string;
  /** What comes before the first response. */
  head: string;
  write(rows: readonly ItemRow[]): string;
};

/** What is exported, and how it is written. With `limit` it is one part of the stream, else all that is left of it. */
type Export = {
  filter: Omit<RowFilter, "limit"> & Pick<ExportQuery, "updated_since">;
  limit: number | undefined;
  separator: ExportQuery["separator"];
  /** The position after which the list goes on; "" for its beginning. */
  after: string;
};

/** The first of `text/csv` and `application/x-ndjson` that the client names; null: JSON pages. */
export function exportFormatOf(accept = ""): "csv" | "ndjson" | null {
  const types = accept.split(",").map((each) => each.split(";")[0]?.trim().toLowerCase());
  const named = types.find((type) => type === "text/csv" || type === "application/x-ndjson");
  return named === undefined ? null : named === "text/csv" ? "csv" : "ndjson";
}

/** The scores that the survey's responses can hold: those that it asks, and those that it has asked and counted before. */
async function scoresOfResponses(store: Store, { id, settings }: StoredSurvey): Promise<ScoreName[]> {
  const asked = scoresIn(settings.questions);
  if (asked.length === scoreNames.length) return asked;
  const days = await listTotals(store, [id], { from: "", to: "~" });
  const counts = addCounts(days.map((day) => day.counts));
  return scoreNames.filter((name) => asked.includes(name) || counts[name].some((count) => count > 0));
}

/**
 * Streams the responses that match the filter. What goes on after a position has no head: it is joined to what came before. A
 * failure ends the stream with an error, so that no part passes for the whole.
 */
export async function streamExport(
  c: Context<App>,
  survey: StoredSurvey,
  { filter, limit, separator, after }: Export,
  name: "csv" | "ndjson",
): Promise<Response> {
  const { store } = c.var;
  const format = name === "csv" ? csv(survey, await scoresOfResponses(store, survey), SEPARATORS[separator]) : ndjson;
  const head = after === "" ? format.head : "";
  const headers = {
    "Content-Type": format.type,
    "Content-Disposition": `attachment; filename="responses-${survey.id}.${format.extension}"`,
    ...(format.head !== "" && { "Vidhuk-Columns": (await hashText(format.head)).slice(0, COLUMNS_CHARACTERS) }),
    Vary: "Accept",
  };
  if (limit !== undefined) {
    const { rows, next } = await listResponses(store, survey.id, { ...filter, limit }, after);
    return c.body(head + format.write(rows), 200, { ...headers, ...(next !== null && { Link: linkToNext(c, next) }) });
  }
  const encoder = new TextEncoder();
  let cursor: string | null = after;
  let text = head;
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      if (cursor === null) return controller.close();
      const { rows, next } = await listResponses(store, survey.id, { ...filter, limit: limits.streamPartMost }, cursor);
      text += format.write(rows);
      cursor = next;
      if (text !== "") controller.enqueue(encoder.encode(text));
      text = "";
    },
  });
  return c.body(body, 200, headers);
}

/** Enough that two lists of columns do not share them. */
const COLUMNS_CHARACTERS = 16;

/** The address of the next part, as a header `Link` (RFC 8288). */
function linkToNext(c: Context<App>, position: string): string {
  const next = new URL(c.req.url);
  for (const name of ["after", "after_updated_at"]) next.searchParams.delete(name);
  next.searchParams.set("cursor", sealCursor(position) ?? "");
  return `<${next.href}>; rel="next"`;
}

const ndjson: Format = {
  type: "application/x-ndjson",
  extension: "ndjson",
  head: "",
  write: (rows) => rows.map((row) => `${JSON.stringify(publicResponse(row))}\n`).join(""),
};

const SEPARATORS = { comma: ",", semicolon: ";" } satisfies Record<ExportQuery["separator"], Separator>;

/** A column for each declared property, one with all of them as JSON, the day that the figures count under, and what the team did. */
function csv({ settings }: StoredSurvey, scores: readonly ScoreName[], separator: Separator): Format {
  const declared = settings.segments.filter((name) => !name.includes(CROSS) && !isBuiltInSegment(name));
  const columns: [name: string, cell: (item: ResponseItem, row: ItemRow) => Cell][] = [
    ...(["id", "created_at", "updated_at"] as const).map(plain),
    ...scores.flatMap((name) => ([name, `${name}_group`] as const).map(plain)),
    plain("comment"),
    ["respondent", (item) => item.respondent?.id],
    ["respondent_verified", (item) => item.respondent?.verified],
    ...(["channel", "locale", "page"] as const).map(plain),
    ["topics", (item) => item.topics.join(", ")],
    ["tags", (item) => item.tags.join(", ")],
    ...(["status", "note", "excluded"] as const).map(plain),
    ["flags", (item) => item.flags.join(", ")],
    ...declared.map((name): (typeof columns)[number] => [
      `property: ${name}`,
      ({ properties }) => (Object.hasOwn(properties, name) ? properties[name] : null),
    ]),
    ["properties", (item) => JSON.stringify(item.properties)],
    ["day", (_, row) => row.day],
    ["local_time", (_, row) => instantInZone(row.created_at, settings.timezone)],
    ...(["assignee", "answered_at"] as const).map(plain),
  ];
  return {
    type: "text/csv; charset=utf-8",
    extension: "csv",
    head:
      BYTE_ORDER_MARK +
      csvLine(
        columns.map(([name]) => name),
        separator,
      ),
    write(rows) {
      const lineOf = (row: ItemRow) => {
        const item = publicResponse(row);
        return csvLine(
          columns.map(([, cell]) => cell(item, row)),
          separator,
        );
      };
      return rows.map(lineOf).join("");
    },
  };
}

type PlainColumn =
  | "id"
  | "created_at"
  | "updated_at"
  | ScoreName
  | `${ScoreName}_group`
  | "comment"
  | "channel"
  | "locale"
  | "page"
  | "status"
  | "note"
  | "excluded"
  | "assignee"
  | "answered_at";

function plain<Name extends PlainColumn>(name: Name): [Name, (item: ResponseItem) => Cell] {
  return [name, (item) => item[name] ?? null];
}
