import { env } from "cloudflare:workers";
import Papa from "papaparse";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { instantOfResponseId } from "../../../shared/response-id.ts";
import type { ResponseItem } from "../../../shared/schema/comment.ts";
import type { Metrics } from "../../../shared/schema/metrics-reply.ts";
import type { Page } from "../../../shared/schema/paging.ts";
import type { ResponseBody } from "../../../shared/schema/response.ts";
import type { Collector, Reply } from "../support/collector.ts";
import { ADMIN, aCollector, anId, aResponse, DAY, HOUR, NOON } from "../support/collector.ts";
import { anInvitation, answerPage, SCRIPTLESS } from "../support/links.ts";

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

/** D1 that gives the rows of responses so many times and then fails. */
function failingAfter(times: number): D1Database {
  const wrapped = (statement: D1PreparedStatement): D1PreparedStatement =>
    ({
      bind: (...values: unknown[]) => wrapped(statement.bind(...values)),
      all: async () => {
        if (times-- <= 0) throw new Error("D1_ERROR: the database was reset");
        return statement.all();
      },
    }) as unknown as D1PreparedStatement;
  return {
    prepare: (sql: string) => (/FROM responses\b/.test(sql) ? wrapped(env.DB.prepare(sql)) : env.DB.prepare(sql)),
    batch: (statements: D1PreparedStatement[]) => env.DB.batch(statements),
  } as unknown as D1Database;
}

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

describe("one response", () => {
  const one = (own: string, id: string) =>
    collector.get<ResponseItem & { code?: string }>(`/v1/surveys/${own}/responses/${id}`);

  it("is what the list says of it, with a comment or without", async () => {
    const { items } = (await collector.get<Page<ResponseItem>>(`/v1/surveys/${survey}/responses`)).body;
    expect(items.length).toBe(10);
    for (const item of items) expect((await one(survey, item.id)).body).toEqual(item);
  });

  it.each(["", "?score=drop"])(
    "says that it was erased, and not that there never was one: DELETE %s",
    async (query) => {
      const own = await collector.makeSurvey();
      const erased = aResponse(own, { comment: "I live in Elm Street", respondent: { id: "ann" } });
      await collector.post(erased);
      await collector.request("DELETE", `/v1/surveys/${own}/responses/${erased.id}${query}`, undefined, ADMIN);
      const reply = await one(own, erased.id);
      expect([reply.status, reply.body.code]).toEqual([410, "erased"]);
      expect(reply.text).not.toMatch(/Elm|ann/);
    },
  );

  it("says of an erased person's answers that they were erased", async () => {
    const own = await collector.makeSurvey();
    const erased = aResponse(own, { comment: "mine", respondent: { id: "one of a kind" } });
    await collector.post(erased);
    await collector.request("DELETE", "/v1/respondents?respondent=one+of+a+kind", undefined, ADMIN);
    expect((await one(own, erased.id)).body.code).toBe("erased");
  });

  it("is not found under another survey, another id, or when it was a test", async () => {
    const own = await collector.makeSurvey();
    const test = aResponse(own, { test: true });
    const stored = aResponse(own, { nps: 9 });
    await collector.post(test);
    await collector.post(stored);
    expect((await one(own, stored.id)).status).toBe(200);
    for (const [where, id] of [
      [survey, stored.id],
      [own, anId(NOON - 5)],
      [own, test.id],
      [own, "%00"],
      [own, "x".repeat(2000)],
    ] as const) {
      const reply = await one(where, id);
      expect([reply.status, reply.body.code], id).toEqual([404, "not_found"]);
    }
    expect((await one("srv_nobodyhere", stored.id)).body.code).toBe("unknown_survey");
  });

  it("reads one row of responses, however many there are", async () => {
    const { items } = (await collector.get<Page<ResponseItem>>(`/v1/surveys/${survey}/responses?limit=1`)).body;
    collector.rows.reset();
    await one(survey, items[0]!.id);
    const { read, written } = collector.rows;
    expect({ read, written }).toEqual({ read: 2, written: 0 });
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

  it.each(["text/csv", "application/x-ndjson"])(
    "ends with an error where the database fails in the middle of it: %s",
    async (accept) => {
      const own = await collector.makeSurvey();
      await env.DB.prepare(
        `INSERT INTO responses (survey_id, id, created_at, day, received_at, updated_at, updated_day, nps, channel)
          SELECT ?1, value ->> 'id', ?2, '2026-11-22', ?2, ?2, '2026-11-22', 9, 'page' FROM json_each(?3)`,
      )
        .bind(own, NOON, JSON.stringify(Array.from({ length: 1001 }, (_, index) => ({ id: anId(NOON - index) }))))
        .run();
      const reply = await aCollector({ secrets: { DB: failingAfter(1) } }).open(`/v1/surveys/${own}/responses`, {
        ...ADMIN,
        Accept: accept,
      });
      expect(reply.status).toBe(200);
      const reader = reply.body!.getReader();
      expect((await reader.read()).done).toBe(false);
      await expect(reader.read()).rejects.toThrow("D1_ERROR");
    },
  );

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
    expect(text).toMatch(/,2026-11-21,"2026-11-23 01:00:00",,\r\n$/);
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

describe("what has changed since", () => {
  type Poll = { since: number; limit?: number; query?: string };

  /** As a poller asks: all pages, each response under its id. */
  async function poll(own: string, { since, limit = 2, query = "" }: Poll): Promise<Map<string, ResponseItem>> {
    const kept = new Map<string, ResponseItem>();
    const asked = `updated_since=${new Date(since).toISOString()}&limit=${limit}${query}`;
    for (let cursor: string | null = ""; cursor !== null; ) {
      const path = `/v1/surveys/${own}/responses?${asked}${cursor && `&cursor=${cursor}`}`;
      const reply: Reply<Page<ResponseItem>> = await polling.get<Page<ResponseItem>>(path);
      expect(reply.status).toBe(200);
      for (const item of reply.body.items) kept.set(item.id, item);
      cursor = reply.body.next;
    }
    return kept;
  }

  let polling: Collector;
  beforeEach(() => {
    polling = aCollector();
  });

  it("tells of an answer to an old invitation, an amendment, a tag, an exclusion and an erasure", async () => {
    const own = await polling.makeSurvey();
    polling.clock.now = NOON - 30 * DAY;
    const { id: invited, url } = await anInvitation(polling, own, "ann", { expires_in_days: 60 });
    polling.clock.now = NOON - 2 * DAY;
    const old = await Promise.all(
      Array.from({ length: 5 }, async (_, index) => {
        const response = aResponse(own, {
          id: anId(polling.clock.now - index * 1000),
          nps: 5,
          respondent: { id: `r${index}` },
        });
        expect((await polling.post(response)).status).toBe(201);
        return response;
      }),
    );
    polling.clock.now = NOON;
    expect([...(await poll(own, { since: NOON - DAY })).keys()]).toEqual([]);

    const [amended, tagged, excluded, erased, still] = old as [
      ResponseBody,
      ResponseBody,
      ResponseBody,
      ResponseBody,
      ResponseBody,
    ];
    const patch = (id: string, body: object) =>
      polling.request("PATCH", `/v1/surveys/${own}/responses/${id}`, body, ADMIN);
    await answerPage(polling, url, { nps: "3", ...SCRIPTLESS });
    await patch(tagged.id, { tags: ["late"] });
    await patch(excluded.id, { excluded: true });
    await polling.request("DELETE", `/v1/surveys/${own}/responses/${erased.id}`, undefined, ADMIN);
    const fresh = aResponse(own, { id: anId(NOON) });
    await polling.post(fresh);
    polling.clock.now = NOON - DAY - HOUR;
    expect((await polling.post({ ...amended, csat: 4 })).status).toBe(200);

    const found = await poll(own, { since: NOON - 2 * DAY + HOUR });
    expect([...found.keys()].sort()).toEqual([amended.id, tagged.id, excluded.id, erased.id, fresh.id, invited].sort());
    expect(found.has(still.id)).toBe(false);
    expect(found.get(invited)).toMatchObject({ nps: 3, channel: "invitation" });
    expect(found.get(erased.id)?.respondent).toBeNull();
  });

  it("takes the filters of the list, one person's too, and streams as NDJSON", async () => {
    const own = await polling.makeSurvey();
    polling.clock.now = NOON - 2 * DAY;
    const late = aResponse(own, { id: anId(NOON - 3 * DAY), nps: 0, respondent: { id: "ann" } });
    await polling.post(late);
    await polling.post(aResponse(own, { id: anId(NOON - 3 * DAY), nps: 10, respondent: { id: "ann" } }));
    await polling.post(aResponse(own, { id: anId(NOON - 2 * DAY), nps: 0, respondent: { id: "bob" } }));
    const since = NOON - 2 * DAY;
    expect([...(await poll(own, { since, query: "&nps_group=detractor&respondent=ann" })).keys()]).toEqual([late.id]);
    expect((await poll(own, { since, query: "&nps_group=detractor" })).size).toBe(2);
    expect((await poll(own, { since: since + 1, query: "&respondent=ann" })).size).toBe(0);
    const asked = `/v1/surveys/${own}/responses?updated_since=${new Date(since).toISOString()}`;
    const { text } = await polling.get(asked, { ...ADMIN, Accept: "application/x-ndjson" });
    expect(text.trim().split("\n")).toHaveLength(3);
  });

  it("passes over nothing, whenever answers come, change and are asked for", async () => {
    const own = await polling.makeSurvey();
    const kept = new Map<string, ResponseItem>();
    const sent: ResponseBody[] = [];
    let since = 0;
    // The numbers are of a fixed sequence and not random, so that a failure can be repeated.
    let seed = 7;
    const luck = (most: number) => {
      seed = (seed * 48_271) % 2_147_483_647;
      return seed % most;
    };
    for (let step = 0; step < 60; step++) {
      polling.clock.now += luck(40) * 60_000;
      const old = sent[luck(sent.length + 1)];
      if (old) await polling.post({ ...old, nps: luck(11), rev: step });
      else {
        const response = aResponse(own, { id: anId(polling.clock.now - luck(6 * 24) * HOUR), nps: luck(11) });
        expect((await polling.post(response)).status).toBe(201);
        sent.push(response);
      }
      if (luck(4) > 0) continue;
      const begun = polling.clock.now;
      for (const [id, item] of await poll(own, { since, limit: 1 + luck(5) })) kept.set(id, item);
      since = begun - 60_000;
    }
    for (const [id, item] of await poll(own, { since })) kept.set(id, item);
    const { body } = await polling.get<Page<ResponseItem>>(`/v1/surveys/${own}/responses?limit=100`);
    expect(sent.length).toBeGreaterThan(10);
    expect([...kept.values()].sort((a, b) => (a.id < b.id ? 1 : -1))).toEqual(body.items);
  }, 30_000);

  it("reads at most 20 rows, at 1,000 responses as at 20,000", async () => {
    const cost = async (count: number) => {
      const own = await polling.makeSurvey();
      const rows = Array.from({ length: count }, (_, index) => anId(NOON - 2 * HOUR - index * 60_000));
      await env.DB.prepare(
        `INSERT INTO responses (survey_id, id, created_at, day, received_at, updated_at, updated_day, nps, channel)
         SELECT ?1, value ->> 'id', ?2, '2026-11-22', value ->> 'at', value ->> 'at', '2026-11-22', 9, 'page'
         FROM json_each(?3)`,
      )
        .bind(own, NOON, JSON.stringify(rows.map((id) => ({ id, at: instantOfResponseId(id) }))))
        .run();
      const late = rows.at(-1)!;
      await polling.request("PATCH", `/v1/surveys/${own}/responses/${late}`, { tags: ["seen"] }, ADMIN);
      await polling.post(aResponse(own, { id: anId(NOON) }));
      polling.rows.reset();
      expect((await poll(own, { since: NOON, limit: 20 })).size).toBe(2);
      return polling.rows.read;
    };
    // Each of the four scans reads one row more where another survey's rows follow in the order of the random ids.
    expect([await cost(1000), await cost(20_000)].filter((rows) => rows > 20)).toEqual([]);
  });

  it.each([
    ["yesterday", "/updated_since"],
    ["2026-11-22", "/updated_since"],
    ["2026-11-22T09:30:00Z&cursor=b3RoZXI", "/cursor"],
  ])("refuses %s", async (asked, pointer) => {
    const reply = await export_("application/json", `?updated_since=${asked}`);
    expect([reply.status, reply.text]).toEqual([422, expect.stringContaining(pointer)]);
  });
});
