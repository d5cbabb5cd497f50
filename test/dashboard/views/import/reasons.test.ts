import { describe, expect, it } from "vitest";
import { reasonText } from "../../../../dashboard/views/import/reasons.ts";
import { csvRows } from "../../../../shared/imports/csv-rows.ts";
import { jsonRecords } from "../../../../shared/imports/json-records.ts";
import type { ImportPlan } from "../../../../shared/imports/plan.ts";
import { faultOfPlan, plansFor } from "../../../../shared/imports/plan.ts";
import { readRow } from "../../../../shared/imports/read-row.ts";
import { readRecord } from "../../../../shared/imports/records.ts";
import { FileDecoder } from "../../../../shared/imports/text.ts";
import { limits } from "../../../../shared/limits.ts";
import type { ImportReply } from "../../../../shared/schema/import.ts";
import { sharedCollector } from "../../../support/shared-collector.ts";
import { aSurvey } from "../../support/dashboard.ts";

/** No table of strings is loaded here, so the text of a known sentence is the name of its string. */
const expectKnown = (sentence: string) => expect([sentence, reasonText(sentence)]).toEqual([sentence, known]);
const known = expect.stringMatching(/^(?:import_[a-z_]+ ?)+$/);

const columns = (text: string) => text.split("|");

describe("the page has words in the reader's language for", () => {
  it.each([
    ["id|nps|created_at|comment", "1|9||"],
    ["id|nps|created_at|comment", "1|ten|2025-03-14|"],
    ["id|nps|created_at|comment", "1|9/7|2025-03-14|"],
    ["id|nps|created_at|comment", "1|9|soon|"],
    ["id|nps|created_at|comment", "1|9|03/04/2025|"],
    ["id|nps|created_at|comment", "1||2025-03-14|"],
    ["id|nps|created_at|comment", "1|9|2025-03-14||and more"],
    ["id|nps|created_at|comment", "|||"],
    ["nps|created_at|properties", "9|2025-03-14|plan"],
    ["score|survey_type|created_at|comment", "9|thumbs|2025-03-14|"],
    ["bounced_at|respondent", "2025-03-14|ann"],
    ["excluded|nps|created_at", "true|9|2025-03-14"],
  ])("what keeps the row %s: %s from being stored", (fields, cells) => {
    const plan = {
      columns: columns(fields).map((field) => ({ header: field, field })),
      dateOrder: "ask",
    } as ImportPlan;
    const result = readRow(plan, columns(cells));
    expectKnown("fault" in result ? result.fault : "left_out" in result ? result.left_out : "it is stored");
  });

  it.each([[{ type: "STATE" }], ["no record"]])("what keeps the record %j from being stored", (record) => {
    const [plan] = plansFor(["a"], [["b"]]);
    const result = readRecord(plan!, record);
    expectKnown("left_out" in result ? result.left_out : "it is read");
  });

  it.each([
    ["nps|nps|created_at", null],
    ["id|created_at", null],
    ["nps|comment", null],
    ["score|created_at", null],
    ["nps|created_at", "ask"],
  ] as const)("what keeps a plan with %s from being used", (fields, dateOrder) => {
    const [plan] = plansFor(["a"], [["b"]]);
    const planned = columns(fields).map((field) => ({ header: field, field }) as ImportPlan["columns"][number]);
    expectKnown(faultOfPlan({ ...plan!, columns: planned, dateOrder })!);
  });

  it.each([
    ["a workbook", [0xd0, 0xcf, 0x11, 0xe0]],
    ["a ZIP archive", [0x50, 0x4b, 3, 4]],
    ["gzip", [0x1f, 0x8b, 8, 0]],
    ["bytes of zero", [97, 98, 0, 99, 100]],
    ["a second encoding", [...Buffer.from("Дата\n"), 0xc4, 0xe0, 0x0a, 0x41, 0x41]],
  ])("a file that is %s", (_, bytes) => {
    const decoder = new FileDecoder();
    const [begin, rest] = [bytes.slice(0, 9), bytes.slice(9)].map((part) => Uint8Array.from(part));
    expectKnown(messageOf(() => decoder.decode(begin!) + decoder.decode(rest!) + decoder.end()));
  });

  it.each([
    ["a table with an open quotation mark", csvRows, 'id\n"1'],
    ["a table with too many columns", csvRows, `id\n${",".repeat(limits.importColumns + 1)}x\n`],
    ["a table with a row that is too long", csvRows, `id\n"${"x".repeat(limits.importLineBytes + 1)}`],
    ["JSON that was cut", jsonRecords, '[{"score":9'],
    ["an array that was cut", jsonRecords, '[{"score":9}'],
    ["JSON without records", jsonRecords, "[]"],
    ["no JSON", jsonRecords, "[1]"],
  ])("%s", async (_, read, text) => {
    const reading = async () => {
      for await (const _ of read(
        (async function* () {
          yield text;
        })(),
      ));
      return "it was read";
    };
    expectKnown(await reading().catch((error: Error) => error.message));
  });

  it("what the collector refuses", async () => {
    const anonymous = await aSurvey({ anonymous: true, retention_days: 30 });
    const now = new Date();
    const lines: object[] = [
      { created_at: now, nps: 11 },
      { created_at: now, nps: 9.5 },
      { created_at: now },
      { created_at: "2199-01-01", nps: 9 },
      { created_at: "1950-01-01", nps: 9 },
      { created_at: "2020-01-01", nps: 9 },
      { created_at: "yesterday", nps: 9 },
      { id: "twice", created_at: now, nps: 9 },
      { id: "twice", created_at: now, nps: 8 },
      { created_at: now, nps: 9, comment: "x".repeat(limits.commentCharacters + 1) },
      { created_at: now, nps: 11, comment: "x".repeat(limits.commentCharacters + 1) },
      { type: "asked", respondent: "ann", asked_at: now },
    ];
    const { url, adminToken } = sharedCollector();
    const send = async (sent: readonly object[]) => {
      const reply = await fetch(`${url}/v1/surveys/${anonymous.id}/import?skip_invalid=true`, {
        method: "POST",
        headers: { Authorization: `Bearer ${adminToken}`, "Content-Type": "application/x-ndjson" },
        body: sent.map((line) => JSON.stringify(line)).join("\n"),
      });
      return ((await reply.json()) as ImportReply).refused.map(({ detail }) => detail);
    };
    const details = await send(lines);
    details.push(...(await send([{ id: "twice", created_at: now, nps: 7 }])));
    expect(details).toHaveLength(lines.length);
    for (const detail of details) expectKnown(detail);
  });
});

it("a sentence that the page does not know is shown as it was written", () => {
  expect(reasonText("nps is a riddle; has no date")).toBe("nps is a riddle; has no date");
});

function messageOf(act: () => unknown): string {
  try {
    return `it was read: ${act()}`;
  } catch (error) {
    return (error as Error).message;
  }
}
