/** Every response in one stream, as CSV or NDJSON. The Worker holds one page of them in memory at a time. */
import type { Context } from "hono";
import type { Cell, Separator } from "../../shared/csv.ts";
import { BYTE_ORDER_MARK, csvLine } from "../../shared/csv.ts";
import type { ScoreName } from "../../shared/questions.ts";
import { scoreNames, scoresIn } from "../../shared/questions.ts";
import type { ResponseItem } from "../../shared/schema/comment.ts";
import type { ExportQuery } from "../../shared/schema/filter.ts";
import { CROSS, isBuiltInSegment } from "../../shared/segments.ts";
import { instantInZone } from "../../shared/time/calendar.ts";
import { addCounts } from "../db/counts.ts";
import type { RowFilter } from "../db/response-filter.ts";
import type { ItemRow } from "../db/response-items.ts";
import { listResponses } from "../db/response-list.ts";
import { listTotals } from "../db/rollups.ts";
import type { Store } from "../db/store.ts";
import type { StoredSurvey } from "../db/surveys.ts";
import type { App } from "../env.ts";
import { publicResponse } from "../replies/response.ts";

type Format = { type: string; extension: string; write(rows: readonly ItemRow[], isFirst: boolean): string };

/** What is exported, and how it is written. */
type ExportFilter = RowFilter & Omit<ExportQuery, "where">;

const PAGE = 1000;

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
 * Streams all responses that match the filter, after the position `after`. A failure ends the stream with an error, so that no
 * part passes for the whole.
 */
export async function streamExport(
  c: Context<App>,
  survey: StoredSurvey,
  query: ExportFilter,
  after: string,
  name: "csv" | "ndjson",
): Promise<Response> {
  const format =
    name === "csv" ? csv(survey, await scoresOfResponses(c.var.store, survey), SEPARATORS[query.separator]) : ndjson;
  const encoder = new TextEncoder();
  let cursor: string | null = after;
  let isFirst = true;
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      if (cursor === null) return controller.close();
      const { rows, next } = await listResponses(c.var.store, survey.id, { ...query, limit: PAGE }, cursor);
      const text = format.write(rows, isFirst);
      cursor = next;
      isFirst = false;
      if (text !== "") controller.enqueue(encoder.encode(text));
    },
  });
  return c.body(body, 200, {
    "Content-Type": format.type,
    "Content-Disposition": `attachment; filename="responses-${survey.id}.${format.extension}"`,
    Vary: "Accept",
  });
}

const ndjson: Format = {
  type: "application/x-ndjson",
  extension: "ndjson",
  write: (rows) => rows.map((row) => `${JSON.stringify(publicResponse(row))}\n`).join(""),
};

const SEPARATORS = { comma: ",", semicolon: ";" } satisfies Record<ExportQuery["separator"], Separator>;

/** A column for each declared property, one with all of them as JSON, and at the end the day that the figures count under. */
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
  ];
  return {
    type: "text/csv; charset=utf-8",
    extension: "csv",
    write(rows, isFirst) {
      const head = isFirst
        ? BYTE_ORDER_MARK +
          csvLine(
            columns.map(([name]) => name),
            separator,
          )
        : "";
      const lineOf = (row: ItemRow) => {
        const item = publicResponse(row);
        return csvLine(
          columns.map(([, cell]) => cell(item, row)),
          separator,
        );
      };
      return head + rows.map(lineOf).join("");
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
  | "excluded";

function plain<Name extends PlainColumn>(name: Name): [Name, (item: ResponseItem) => Cell] {
  return [name, (item) => item[name] ?? null];
}
