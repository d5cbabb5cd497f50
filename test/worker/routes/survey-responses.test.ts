import Papa from "papaparse";
import { beforeAll, describe, expect, it } from "vitest";
import type { ResponseItem } from "../../../shared/schema/comment.ts";
import type { Metrics } from "../../../shared/schema/metrics-reply.ts";
import type { Page } from "../../../shared/schema/paging.ts";
import type { Collector } from "../support/collector.ts";
import { ADMIN, aCollector, anId, aResponse, DAY, HOUR, NOON } from "../support/collector.ts";

let collector: Collector;
let survey: string;
const hostile = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\n=1", "＝1", 'a "b", c\r\nd', "<b>x</b>"];

beforeAll(async () => {
  collector = aCollector();
  survey = await collector.makeSurvey({ segments: ["plan", "channel"] });
  const ids = hostile.map((_, index) => anId(NOON - 100_000 + index * 1000));
  for (const [index, comment] of hostile.entries())
    await collector.post(aResponse(survey, { id: ids[index]!, nps: 0, comment, properties: { plan: "=pro", n: -1 } }));
  await collector.post(aResponse(survey, { id: anId(NOON - 1), csat: 5, test: true }));
  await collector.post(aResponse(survey, { id: anId(NOON), csat: 5 }));
});

const export_ = (accept: string, query = "") =>
  collector.get(`/v1/surveys/${survey}/responses${query}`, { ...ADMIN, Accept: accept });

describe("pages", () => {
  it("give every response once, newest first, those without a comment too, test responses never", async () => {
    const seen: ResponseItem[] = [];
    let cursor = "";
    do {
      const { body } = await collector.get<Page<ResponseItem>>(`/v1/surveys/${survey}/responses?limit=3${cursor}`);
      seen.push(...body.items);
      cursor = body.next ? `&cursor=${body.next}` : "";
    } while (cursor);
    expect(seen).toHaveLength(10);
    expect(new Set(seen.map(({ id }) => id)).size).toBe(10);
    expect(seen[0]).toMatchObject({ nps: null, csat: 5, comment: null });
    expect(seen.map(({ id }) => id)).toEqual(
      seen
        .map(({ id }) => id)
        .sort()
        .reverse(),
    );
  });
});

describe("CSV", () => {
  it("opens in a spreadsheet as text: no cell begins like a formula, and a score of 0 is 0", async () => {
    const reply = await export_("text/csv");
    expect(reply.headers.get("Content-Type")).toBe("text/csv; charset=utf-8");
    expect(reply.headers.get("Content-Disposition")).toContain(`responses-${survey}.csv`);
    const { data, errors } = Papa.parse<Record<string, string>>(reply.text.replace(/^\ufeff/, ""), {
      header: true,
      skipEmptyLines: true,
    });
    expect(errors).toEqual([]);
    expect(data).toHaveLength(10);
    for (const row of data) for (const cell of Object.values(row)) expect(cell).not.toMatch(/^[=+\-@\t\r\n＝＋－＠]/);
    expect(data.at(-1)).toMatchObject({ nps: "0", csat: "", comment: "'=1+1", "property: plan": "'=pro" });
    expect(data.map((row) => row.comment)).toContain('a "b", c\nd');
    expect(data[0]).toMatchObject({ nps: "", csat: "5", comment: "" });
  });

  it("takes the filters of the list", async () => {
    expect((await export_("text/csv", "?q=sum")).text.trim().split("\r\n")).toHaveLength(2);
  });
});

describe("CSV for Excel in Ukrainian, Russian and German", () => {
  it("has the same cells with semicolons between, and decimal commas", async () => {
    const own = await collector.makeSurvey({ segments: ["weight"] });
    await collector.post(aResponse(own, { nps: 9, comment: "good;=1+1;bye", properties: { weight: 3.5 } }));
    const asked = `/v1/surveys/${own}/responses?separator=semicolon`;
    const reply = await collector.open(asked, { ...ADMIN, Accept: "text/csv" });
    const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(await reply.arrayBuffer());
    expect(text.startsWith("\ufeffid;created_at;updated_at;")).toBe(true);
    const { data } = Papa.parse<Record<string, string>>(text.slice(1), {
      header: true,
      delimiter: ";",
      skipEmptyLines: true,
    });
    expect(data).toMatchObject([{ nps: "9", comment: "good;'=1+1;bye", "property: weight": "3,5" }]);
  });

  it("another separator is refused by name", async () => {
    const reply = await export_("text/csv", "?separator=tab");
    expect([reply.status, reply.text]).toEqual([422, expect.stringContaining("must be comma or semicolon")]);
  });
});

describe("the day in the CSV", () => {
  it.each(["Etc/GMT+12", "Pacific/Kiritimati", "Europe/Kyiv", "Asia/Kathmandu"])(
    "is the one that metrics count it under, and the local time is of %s",
    async (timezone) => {
      const own = await collector.makeSurvey({ timezone });
      for (const hour of [0, 5, 11, 13, 23])
        await collector.post(aResponse(own, { nps: 9, id: anId(NOON - DAY - hour * HOUR) }));
      const { text } = await collector.get(`/v1/surveys/${own}/responses`, { ...ADMIN, Accept: "text/csv" });
      const { data } = Papa.parse<Record<string, string>>(text.replace(/^\ufeff/, ""), {
        header: true,
        skipEmptyLines: true,
      });
      const counted: Record<string, number> = {};
      for (const { day = "", local_time = "" } of data) {
        counted[day] = (counted[day] ?? 0) + 1;
        expect(local_time).toMatch(new RegExp(`^${day} \\d\\d:\\d\\d:00$`));
      }
      const { body } = await collector.get<Metrics>(`/v1/surveys/${own}/metrics?interval=day`);
      const series = (body.series ?? []).filter(({ responses }) => responses > 0);
      expect(counted).toEqual(Object.fromEntries(series.map(({ start, responses }) => [start, responses])));
    },
  );

  it("stays the day of the figures when the zone is changed; the local time is of the new one", async () => {
    const own = await collector.makeSurvey({ timezone: "Etc/GMT+12" });
    await collector.post(aResponse(own, { nps: 9, id: anId(NOON - HOUR) }));
    await collector.request("PATCH", `/v1/surveys/${own}`, { timezone: "Pacific/Kiritimati" }, ADMIN);
    const { text } = await collector.get(`/v1/surveys/${own}/responses`, { ...ADMIN, Accept: "text/csv" });
    expect(text).toMatch(/,2026-11-21,"2026-11-23 01:00:00"\r\n$/);
  });
});

describe("NDJSON", () => {
  it("is the items of the list, a line each", async () => {
    const reply = await export_("application/x-ndjson");
    const items = reply.text
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    const { body } = await collector.get<Page<ResponseItem>>(`/v1/surveys/${survey}/responses?limit=100`);
    expect(items).toEqual(body.items);
  });
});
