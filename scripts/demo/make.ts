import { existsSync } from "node:fs";
import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { foldText } from "../../shared/comments/fold.ts";
import { surveySettingsSchema } from "../../shared/schema/survey.ts";
import { runWrangler } from "../wrangler.ts";
import type { SampleResponse } from "./responses.ts";
import { sampleResponses } from "./responses.ts";

export const demoSurvey = "srv_demo";

const settings = surveySettingsSchema.parse({
  name: "Demo shop (sample responses)",
  brand: "Demo shop",
  segments: ["plan", "department", "language"],
  topics: [
    { name: "Delivery", stems: ["deliver", "courier", "arriv", "parcel", "достав", "кур’єр", "курьер", "посыл"] },
    { name: "Returns", stems: ["return", "refund", "exchang", "повернен", "обмін", "возврат", "обмен"] },
    { name: "Quality", stems: ["quality", "washed out", "якіст", "зійшов", "качеств", "сошла"] },
    {
      name: "Support",
      stems: ["support", "phone and", "on the phone", "answered", "підтрим", "консультант", "поддерж"],
    },
    { name: "Website", stems: ["website", "search", "checkout", "basket", "сайт", "пошук", "кошик", "приложен"] },
  ],
  targets: { nps: 45, csat: 75 },
  trigger: { type: "delay", seconds: 1 },
  // Whoever tries the demo wants to be asked at every reload.
  throttle: { after_answer_days: 0, after_dismissal_days: 0 },
});

/** Makes the demo survey on the first start and never again, though its owner may have deleted it since. */
export async function makeDemoOnce(state: string, persist: string, marker: string): Promise<void> {
  if (existsSync(marker)) return;
  const file = join(state, "demo.sql");
  await writeFile(file, demoSql(Date.now()));
  await runWrangler(state, "d1", "execute", "DB", "--local", "--persist-to", persist, "--yes", "--file", file);
  await rm(file);
  await writeFile(marker, `${new Date().toISOString()}\n`);
}

/**
 * The survey and its responses as plain inserts: the triggers count them as they count everybody's. Rows that are
 * there stay as they are, so that a first start cut short can be done again.
 */
export function demoSql(now: number): string {
  const responses = sampleResponses(now, settings);
  const values = new Set(responses.flatMap(({ segments }) => Object.entries(segments).map((pair) => pair.join("\n"))));
  return [
    insert("surveys (id, settings, created_at, updated_at)", [
      [demoSurvey, JSON.stringify(settings), responses[0]?.createdAt ?? now, now],
    ]),
    insert(
      "segment_values (survey_id, segment, value)",
      [...values].map((pair) => [demoSurvey, ...pair.split("\n")]),
    ),
    insert(
      `responses (survey_id, id, created_at, day, received_at, updated_at, updated_day, nps, csat, comment, comment_at,
      folded, properties, segments, locale, page, channel)`,
      responses.map(row),
    ),
  ].join("\n");
}

type Value = string | number | null;

function row(response: SampleResponse): Value[] {
  const { createdAt, day } = response;
  return [
    ...[demoSurvey, response.id, createdAt, day, createdAt, createdAt, day, response.nps, response.csat],
    ...[response.comment, response.comment && createdAt, response.comment && foldText(response.comment)],
    ...[
      JSON.stringify(response.properties),
      JSON.stringify({ ...response.segments, ...response.topics }),
      response.locale,
      response.page,
      "page",
    ],
  ];
}

/** D1 takes no statement above 100 kB. */
const rowsPerStatement = 100;

function insert(into: string, rows: Value[][]): string {
  const statements: string[] = [];
  for (let start = 0; start < rows.length; start += rowsPerStatement) {
    const tuples = rows.slice(start, start + rowsPerStatement).map((values) => `(${values.map(literal).join(", ")})`);
    statements.push(`INSERT INTO ${into} VALUES\n${tuples.join(",\n")}\nON CONFLICT DO NOTHING;`);
  }
  return statements.join("\n");
}

function literal(value: Value): string {
  return typeof value === "string" ? `'${value.replaceAll("'", "''")}'` : String(value);
}
