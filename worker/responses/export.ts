/** Every response in one stream, as a spreadsheet or a script wants it; memory holds one page at a time. */
import type { Context } from "hono";
import Papa from "papaparse";
import type { ResponseItem } from "../../shared/schema/comment.ts";
import type { Filter } from "../../shared/schema/filter.ts";
import { CROSS, isBuiltInSegment } from "../../shared/segments.ts";
import { itemOf } from "../db/response-items.ts";
import { listResponses } from "../db/response-list.ts";
import type { StoredSurvey } from "../db/surveys.ts";
import type { App } from "../env.ts";

type Format = { type: string; extension: string; write(items: readonly ResponseItem[], isFirst: boolean): string };

/** What a spreadsheet would take for a formula at the beginning of a cell, in plain and in full width. */
const FORMULA = /^[=+\-@\t\r\n＝＋－＠]/;
/** Without it Excel takes UTF-8 for the code page of the machine. */
const BYTE_ORDER_MARK = "\ufeff";
const PAGE = 1000;

/** The first of `text/csv` and `application/x-ndjson` that the client names; null: JSON pages. */
export function exportFormatOf(accept = ""): "csv" | "ndjson" | null {
  const types = accept.split(",").map((each) => each.split(";")[0]?.trim().toLowerCase());
  const named = types.find((type) => type === "text/csv" || type === "application/x-ndjson");
  return named === undefined ? null : named === "text/csv" ? "csv" : "ndjson";
}

/** Streams all that the filter lets through after `after`. A failure ends the stream with an error, never as if it were whole. */
export function streamExport(
  c: Context<App>,
  survey: StoredSurvey,
  filter: Filter,
  after: string,
  name: "csv" | "ndjson",
): Response {
  const format = name === "csv" ? csv(survey) : ndjson;
  const encoder = new TextEncoder();
  let place: string | null = after;
  let isFirst = true;
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      if (place === null) return controller.close();
      const { rows, next } = await listResponses(c.var.store, survey.id, { ...filter, limit: PAGE }, place);
      const text = format.write(rows.map(itemOf), isFirst);
      place = next;
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
  write: (items) => items.map((item) => `${JSON.stringify(item)}\n`).join(""),
};

/** A column for each declared property, and one with all of them as JSON. */
function csv({ settings }: StoredSurvey): Format {
  const declared = settings.segments.filter((name) => !name.includes(CROSS) && !isBuiltInSegment(name));
  const columns: [name: string, cell: (item: ResponseItem) => unknown][] = [
    ...(["id", "created_at", "updated_at", "nps", "nps_group", "csat", "csat_group", "comment"] as const).map(plain),
    ["respondent", (item) => item.respondent?.id],
    ["respondent_verified", (item) => item.respondent?.verified],
    ...(["channel", "locale", "page"] as const).map(plain),
    ["topics", (item) => item.topics.join(", ")],
    ["tags", (item) => item.tags.join(", ")],
    ...(["status", "note", "excluded"] as const).map(plain),
    ["flags", (item) => item.flags.join(", ")],
    ...declared.map((name): [string, (item: ResponseItem) => unknown] => [
      `property: ${name}`,
      ({ properties }) => (Object.hasOwn(properties, name) ? properties[name] : null),
    ]),
    ["properties", (item) => JSON.stringify(item.properties)],
  ];
  return {
    type: "text/csv; charset=utf-8",
    extension: "csv",
    write(items, isFirst) {
      const rows = items.map((item) => columns.map(([, cell]) => cell(item)));
      const table = isFirst ? [columns.map(([name]) => name), ...rows] : rows;
      if (table.length === 0) return "";
      return `${isFirst ? BYTE_ORDER_MARK : ""}${Papa.unparse(table, { escapeFormulae: FORMULA, newline: "\r\n" })}\r\n`;
    },
  };
}

function plain<Name extends keyof ResponseItem>(name: Name): [Name, (item: ResponseItem) => unknown] {
  return [name, (item) => item[name]];
}
