import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { limits } from "../../../shared/limits.ts";
import type { ResponseItem } from "../../../shared/schema/comment.ts";
import type { ImportReply } from "../../../shared/schema/import.ts";
import type { Metrics } from "../../../shared/schema/metrics-reply.ts";
import type { Page } from "../../../shared/schema/paging.ts";
import type { Person } from "../../../shared/schema/person.ts";
import { storeOf } from "../../../worker/db/store.ts";
import { crons, runScheduled } from "../../../worker/jobs/schedule.ts";
import { ADMIN, aCollector, aResponse, DAY, NOON } from "../support/collector.ts";
import { failingAt } from "../support/failing.ts";

const collector = aCollector();
const NDJSON = { ...ADMIN, "Content-Type": "application/x-ndjson" };
const CSV = { ...ADMIN, "Content-Type": "text/csv" };

const ndjson = (lines: readonly unknown[]) => lines.map((line) => `${JSON.stringify(line)}\n`).join("");

function send(survey: string, body: string | Uint8Array, query = "", headers: Record<string, string> = NDJSON) {
  return collector.request<ImportReply & { detail?: string }>(
    "POST",
    `/v1/surveys/${survey}/import${query}`,
    body,
    headers,
  );
}

const items = async (survey: string) =>
  (await collector.get<Page<ResponseItem>>(`/v1/surveys/${survey}/responses?limit=100`)).body.items;
const metrics = async (survey: string, query = "?from=2023-01-01&to=2026-11-22") =>
  (await collector.get<Metrics>(`/v1/surveys/${survey}/metrics${query}`)).body;

const history = [
  {
    id: "a1",
    created_at: "2024-02-28T23:30:00Z",
    nps: 9,
    csat: 5,
    comment: "fast",
    respondent: "ann@shop.example",
    properties: { plan: "pro", seats: 4 },
    tags: ["vip"],
    note: "called her",
    locale: "uk",
  },
  { id: "a2", created_at: "2024-02-29 09:00", nps: 3, comment: "late", channel: "invitation" },
  { id: "a3", created_at: "2024-03-01", nps: 10 },
  { created_at: "2024-03-01", nps: 10 },
  { created_at: "2024-03-01", nps: 10 },
];

describe("an import", () => {
  it("stores answers under their own day, with all that their source knew", async () => {
    const survey = await collector.makeSurvey({
      segments: ["plan", "language", "channel"],
      timezone: "Europe/Kyiv",
      topics: [{ name: "speed", stems: ["fast"] }],
    });
    const reply = await send(survey, ndjson(history));
    expect([reply.status, reply.text]).toEqual([200, expect.any(String)]);
    expect(reply.body).toMatchObject({ lines: 5, created: 5, repeated: 0, refused: [], refused_total: 0 });
    expect(reply.body.before).toEqual({ responses: 0, nps: null, csat: null });
    expect(reply.body.after).toMatchObject({ responses: 5, nps: { score: 60, responses: 5 }, csat: { score: 100 } });
    const [first] = (await items(survey)).toReversed();
    expect(first).toMatchObject({
      created_at: "2024-02-28T23:30:00.000Z",
      nps: 9,
      csat: 5,
      comment: "fast",
      tags: ["vip"],
      note: "called her",
      respondent: { id: "ann@shop.example", verified: true },
      properties: { plan: "pro", seats: 4 },
      locale: "uk",
      channel: "import",
      topics: ["speed"],
    });
    // Half past eleven in the evening of UTC is the next day in Kyiv; nine o'clock there is seven.
    const days = (await metrics(survey, "?from=2024-02-28&to=2024-03-01&interval=day")).series!;
    expect(days.map(({ start, responses }) => [start, responses])).toEqual([
      ["2024-02-28", 0],
      ["2024-02-29", 2],
      ["2024-03-01", 3],
    ]);
    expect((await items(survey)).map((item) => item.created_at)).toContain("2024-02-29T07:00:00.000Z");
    const groups = (await metrics(survey, "?from=2024-01-01&to=2024-12-31&group_by=plan")).groups!;
    expect(groups.map(({ value, responses }) => [value, responses])).toEqual([
      ["pro", 1],
      [null, 4],
    ]);
  });

  it("stores nothing twice, whatever of it comes again", async () => {
    const survey = await collector.makeSurvey();
    await send(survey, ndjson(history.slice(0, 4)));
    const again = (await send(survey, ndjson(history))).body;
    expect(again).toMatchObject({ created: 1, repeated: 4 });
    expect((await send(survey, ndjson(history))).body).toMatchObject({ created: 0, repeated: 5 });
    expect((await metrics(survey)).responses).toBe(5);
    // Another source may use the same ids.
    expect((await send(survey, ndjson(history.slice(0, 3)), "?source=other")).body.created).toBe(3);
  });

  it("says in a dry run what it would do, and does nothing", async () => {
    const survey = await collector.makeSurvey();
    const dry = (await send(survey, ndjson(history), "?dry_run=true")).body;
    expect(await items(survey)).toEqual([]);
    const { body } = await send(survey, ndjson(history));
    expect(dry).toEqual(body);
  });

  it("stores nothing while a line is refused, and the others where that is said", async () => {
    const survey = await collector.makeSurvey();
    const lines = [history[0], { created_at: "2024-03-02", nps: 11 }, "", { created_at: "2024-03-02", nps: 8 }];
    const reply = await send(survey, ndjson(lines));
    expect(reply.status).toBe(422);
    expect(reply.body).toMatchObject({
      lines: 4,
      created: 2,
      refused_total: 2,
      refused: [
        { line: 2, detail: "nps must be a whole number from 0 to 10" },
        { line: 3, detail: expect.stringMatching(/object/) },
      ],
    });
    expect(await items(survey)).toEqual([]);
    const rest = await send(survey, ndjson(lines), "?skip_invalid=true");
    expect([rest.status, rest.body.created, rest.body.refused_total]).toEqual([200, 2, 2]);
    expect((await items(survey)).length).toBe(2);
  });

  it.each([
    ["no answer", { created_at: "2024-03-02" }, "has neither a score nor a comment"],
    ["a blank comment", { created_at: "2024-03-02", comment: "  " }, "has neither a score nor a comment"],
    ["a score as text", { created_at: "2024-03-02", nps: "9" }, "nps must be a whole number from 0 to 10"],
    ["half a score", { created_at: "2024-03-02", csat: 4.5 }, "csat must be a whole number from 1 to 5"],
    ["no time", { nps: 9 }, "created_at is missing"],
    ["a day that is none", { created_at: "2023-02-29", nps: 9 }, /^created_at must be an instant/],
    ["a future", { created_at: "2027-01-01", nps: 9 }, "created_at lies in the future"],
    ["a time before computers", { created_at: "1969-07-20T20:17:00Z", nps: 9 }, /^created_at must be|before 1970/],
    ["an unknown field", { created_at: "2024-03-02", nps: 9, score: 9 }, "score is not a known field"],
    [
      "a long comment",
      { created_at: "2024-03-02", comment: "a".repeat(2001) },
      "comment must be at most 2000 characters",
    ],
    ["a list", [1, 2], "must be an object"],
    ["another type", { type: "moon", created_at: "2024-03-02" }, /^has a `type` that is none of/],
    [
      "a name that cannot be kept",
      JSON.parse('{"created_at":"2024-03-02","nps":9,"properties":{"__proto__":"x"}}'),
      /__proto__/,
    ],
  ])("refuses %s, and says why", async (_, line, detail) => {
    const survey = await collector.makeSurvey();
    const body = `${JSON.stringify(line)}\n`.replace('"properties":{}', '"properties":{"__proto__":"x"}');
    const reply = await send(survey, body);
    expect([reply.status, reply.body.refused_total]).toEqual([422, 1]);
    expect(reply.body.refused[0]!.detail).toMatch(
      detail instanceof RegExp ? detail : new RegExp(`^${detail.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&")}$`),
    );
    expect(await items(survey)).toEqual([]);
  });

  it("refuses an id that says something else, in the body and in what is stored", async () => {
    const survey = await collector.makeSurvey();
    const line = { id: "7", created_at: "2024-03-02", nps: 9 };
    const twice = await send(survey, ndjson([line, { ...line, nps: 8 }, line]));
    expect(twice.body).toMatchObject({
      lines: 3,
      created: 1,
      repeated: 1,
      refused: [{ line: 2, detail: expect.stringContaining("line 1") }],
    });
    await send(survey, ndjson([line]));
    const later = await send(survey, ndjson([{ ...line, comment: "changed" }]));
    expect(later.body).toMatchObject({
      created: 0,
      refused: [{ line: 1, detail: expect.stringContaining("says something else") }],
    });
  });

  it("leaves what the team has done since, and an erased answer erased", async () => {
    const survey = await collector.makeSurvey();
    await send(survey, ndjson(history.slice(0, 2)));
    const [second, first] = await items(survey);
    await collector.request(
      "PATCH",
      `/v1/surveys/${survey}/responses/${first!.id}`,
      { tags: ["done"], excluded: true },
      ADMIN,
    );
    await collector.request("DELETE", `/v1/surveys/${survey}/responses/${second!.id}`, undefined, ADMIN);
    const before = await items(survey);
    expect((await send(survey, ndjson(history.slice(0, 2)))).body).toMatchObject({
      created: 0,
      repeated: 2,
      refused: [],
    });
    expect(await items(survey)).toEqual(before);
  });

  it("is not changed by anybody who sees an id", async () => {
    const survey = await collector.makeSurvey();
    await send(survey, ndjson(history.slice(2, 3)));
    const { id } = (await items(survey))[0]!;
    for (const secret of [undefined, "A".repeat(22)])
      expect((await collector.post({ survey, id, nps: 0, ...(secret && { secret }) })).status).toBeGreaterThanOrEqual(
        400,
      );
    expect((await items(survey)).map(({ nps }) => nps)).toEqual([10]);
  });

  it("refuses a time that retention has purged, also after the setting is gone", async () => {
    const survey = await collector.makeSurvey({ retention_days: 30 });
    const settings = `/v1/surveys/${survey}`;
    const old = ndjson([{ created_at: new Date(NOON - 31 * DAY).toISOString(), nps: 9 }]);
    const young = ndjson([{ created_at: new Date(NOON - 29 * DAY).toISOString(), nps: 9 }]);
    expect((await send(survey, old)).body.refused[0]?.detail).toMatch(
      /^created_at lies before 2026-10-23T12:00:00.000Z: .*retention/,
    );
    expect((await send(survey, young)).body.created).toBe(1);
    await runScheduled(storeOf(env.DB), crons.deleting, NOON + 2 * DAY);
    await collector.request("PATCH", settings, { retention_days: null }, ADMIN);
    expect(await items(survey)).toEqual([]);
    expect((await send(survey, young)).body.refused_total).toBe(1);
    expect(
      (await send(survey, ndjson([{ created_at: new Date(NOON - 27 * DAY).toISOString(), nps: 9 }]))).body.created,
    ).toBe(1);
  });

  it("keeps of a person in an anonymous survey what a tap would keep", async () => {
    const survey = await collector.makeSurvey({ anonymous: true, segments: ["plan"] });
    await send(survey, ndjson([{ ...history[0], locale: "uk-UA" }]));
    expect(await items(survey)).toMatchObject([
      { respondent: null, properties: { plan: "pro" }, locale: "uk", comment: "fast" },
    ]);
    expect((await send(survey, ndjson([{ ...history[0], locale: "uk-UA" }]))).body.repeated).toBe(1);
  });

  it("takes answers for a paused and full day too, and the live figures notice", async () => {
    const survey = await collector.makeSurvey({ daily_limit: 1, paused: true });
    await collector.post(aResponse(survey, { nps: 0 }));
    const { headers } = await collector.get(`/v1/surveys/${survey}/metrics`);
    const today = new Date(NOON).toISOString();
    expect(
      (
        await send(
          survey,
          ndjson([
            { created_at: today, nps: 10 },
            { created_at: today, nps: 10 },
          ]),
        )
      ).body.created,
    ).toBe(2);
    const again = await collector.get(`/v1/surveys/${survey}/metrics`, {
      ...ADMIN,
      "If-None-Match": headers.get("ETag")!,
    });
    expect(again.status).toBe(200);
  });

  it("needs a key that may write", async () => {
    const survey = await collector.makeSurvey();
    expect((await send(survey, ndjson(history), "", { "Content-Type": "application/x-ndjson" })).status).toBe(401);
  });
});

describe("an import on a database that fails", () => {
  it.each(["before", "after"] as const)(
    "at any statement, %s it, is stored once when it is sent again",
    async (moment) => {
      const lines = [
        ...history,
        { type: "unsubscribe", respondent: "bob" },
        { type: "asked", respondent: "cat", asked_at: "2026-11-01" },
        // So long that a statement takes no more than sixty-six of them.
        ...Array.from({ length: 80 }, (_, at) => ({
          id: `many ${at}`,
          created_at: "2024-03-05",
          nps: 8,
          comment: "long ".repeat(400),
          note: "long ".repeat(400),
          properties: { plan: `p${at % 3}` },
        })),
      ];
      let failures = 0;
      for (let at = 1; ; at++) {
        const survey = await collector.makeSurvey({ segments: ["plan"] });
        const path = `/v1/surveys/${survey}/import`;
        const failing = aCollector({ secrets: { DB: failingAt(at, moment) } });
        const reply = await failing.request("POST", path, ndjson(lines), NDJSON);
        if (reply.status === 200 && moment === "before") break;
        // A lost connection is asked again at once, and what was committed is then known.
        if (reply.status !== 200) {
          expect([at, reply.status, reply.headers.get("Retry-After")]).toEqual([at, 503, expect.any(String)]);
          failures++;
        }
        expect((await send(survey, ndjson(lines))).status).toBe(200);
        const { responses, nps, groups } = await metrics(survey, "?from=2024-01-01&to=2024-12-31&group_by=plan");
        expect([at, responses, nps?.responses]).toEqual([at, 85, 85]);
        expect(groups?.reduce((sum, group) => sum + group.responses, 0)).toBe(85);
        if (at > 14) break;
      }
      if (moment === "before") expect(failures).toBeGreaterThan(7);
    },
  );
});

it("an import of as many lines as a request takes stays within the queries that the free plan gives it", async () => {
  const survey = await collector.makeSurvey({ segments: ["plan", "language"] });
  const people = Array.from({ length: limits.importLines / 5 }, (_, at) => ({
    type: at % 2 ? "unsubscribe" : "asked",
    respondent: "\u{1f600}".repeat(190) + at,
    ...(at % 2 === 0 && { asked_at: "2026-11-01" }),
  }));
  const answers = Array.from({ length: limits.importLines - people.length }, (_, at) => ({
    id: `${at}`,
    created_at: `2024-03-${10 + (at % 20)}`,
    nps: at % 11,
    comment: "\u{1f600}".repeat(100),
    locale: "uk",
    properties: { plan: `p${at % 50}` },
  }));
  collector.rows.reset();
  const reply = await send(survey, ndjson([...people, ...answers]));
  expect(reply.body).toMatchObject({ lines: limits.importLines, created: limits.importLines });
  expect(collector.rows.queries).toBeLessThanOrEqual(45);
  // D1 takes no longer text than this.
  const longest = Math.max(...collector.rows.statements.flatMap(({ params }) => params.map(bytesOf)));
  expect(longest).toBeLessThan(2_000_000);
});

const bytesOf = (value: unknown) => (typeof value === "string" ? new TextEncoder().encode(value).length : 0);

describe("people in an import", () => {
  it("are not asked again: neither who unsubscribed nor who was asked lately", async () => {
    const survey = await collector.makeSurvey({ throttle: { after_dismissal_days: 30, any_survey_days: 30 } });
    const lines = [
      { type: "unsubscribe", respondent: "bob@shop.example", created_at: "2024-05-01" },
      { type: "asked", respondent: "cat@shop.example", asked_at: new Date(NOON - 40 * DAY).toISOString() },
      { type: "asked", respondent: "cat@shop.example", asked_at: new Date(NOON - 5 * DAY).toISOString() },
      { type: "asked", respondent: "dan@shop.example", asked_at: new Date(NOON - 40 * DAY).toISOString() },
    ];
    expect((await send(survey, ndjson(lines), "?dry_run=true")).body).toMatchObject({ created: 3, repeated: 1 });
    expect((await send(survey, ndjson(lines))).body).toMatchObject({ created: 3, repeated: 1, refused: [] });
    expect((await send(survey, ndjson(lines))).body).toMatchObject({ created: 0, repeated: 4 });
    const ids = ["bob", "cat", "dan"].map((name) => ({ id: `${name}@shop.example` }));
    const invite = (of: string) =>
      collector.request<{ invitations: unknown[]; skipped: unknown[] }>(
        "POST",
        `/v1/surveys/${of}/invitations`,
        { respondents: ids },
        ADMIN,
      );
    const other = await collector.makeSurvey({ throttle: { any_survey_days: 30 } });
    expect((await invite(other)).body.skipped).toEqual([{ respondent: "cat@shop.example", reason: "asked_elsewhere" }]);
    expect((await invite(survey)).body.skipped).toEqual([
      { respondent: "bob@shop.example", reason: "unsubscribed" },
      { respondent: "cat@shop.example", reason: "invited_recently" },
      { respondent: "dan@shop.example", reason: expect.any(String) },
    ]);
    // What is known of a person goes with the person.
    const person = "/v1/respondents?respondent=cat%40shop.example";
    expect((await collector.get<Person>(person)).body.invitations).toHaveLength(1);
    await collector.request("DELETE", person, undefined, ADMIN);
    expect((await collector.get<Person>(person)).body.invitations).toHaveLength(0);
  });
});

describe("a person who was asked lately", () => {
  const askedAt = (at: number) => ndjson([{ type: "asked", respondent: "eve", asked_at: new Date(at).toISOString() }]);

  it("is still known when an older date of theirs came first, and old invitations are deleted", async () => {
    const survey = await collector.makeSurvey();
    for (const days of [500, 3]) await send(survey, askedAt(NOON - days * DAY));
    await runScheduled(storeOf(env.DB), crons.deleting, NOON);
    const { body } = await collector.request<{ skipped: unknown[] }>(
      "POST",
      `/v1/surveys/${survey}/invitations`,
      { respondents: [{ id: "eve" }] },
      ADMIN,
    );
    expect(body.skipped).toEqual([{ respondent: "eve", reason: "invited_recently" }]);
  });

  it("is not noted for an anonymous survey, and the line says why", async () => {
    const survey = await collector.makeSurvey({ anonymous: true });
    const { status, body } = await send(survey, askedAt(NOON));
    expect([status, body.refused[0]?.detail]).toEqual([422, expect.stringMatching(/anonymous/)]);
  });
});

describe("an import as CSV", () => {
  it.each([[","], [";"], ["\t"]])("reads columns parted by %j, quoted texts, and a byte order mark", async (sign) => {
    const survey = await collector.makeSurvey({ segments: ["plan"] });
    const rows = [
      ["created_at", "nps", "csat", "comment", "tags", "properties.plan"],
      ["2024-03-01", "9", "", `"first ""line""\r\nand ${sign} second"`, `"vip, late"`, "pro"],
      ["2024-03-02", "9.0", "4", "=1+1\u0000", "", ""],
      ["", "", "", "", "", ""],
      ["2024-03-03", "9.5", "", "", "", ""],
    ];
    const body = `\ufeff${rows.map((row) => row.join(sign)).join("\r\n")}`;
    const reply = await send(survey, body, "?skip_invalid=true", CSV);
    expect(reply.body).toMatchObject({
      lines: 3,
      created: 2,
      refused: [{ line: 6, detail: "nps must be a whole number from 0 to 10" }],
    });
    expect((await items(survey)).toReversed()).toMatchObject([
      {
        nps: 9,
        csat: null,
        comment: `first "line"\nand ${sign} second`,
        tags: ["vip", "late"],
        properties: { plan: "pro" },
      },
      { nps: 9, csat: 4, comment: "=1+1\ufffd", tags: [], properties: {} },
    ]);
  });

  it("reads columns of other names by a map, and leaves out the others", async () => {
    const survey = await collector.makeSurvey();
    const map = encodeURIComponent(
      JSON.stringify({ "Survey Answer": "nps", When: "created_at", Shop: "properties.shop" }),
    );
    const reply = await send(survey, "When,Survey Answer,Shop,IP\n2024-03-01,7,Lviv,10.0.0.1\n", `?map=${map}`, CSV);
    expect(reply.body.created).toBe(1);
    expect(await items(survey)).toMatchObject([{ nps: 7, properties: { shop: "Lviv" } }]);
  });

  it.each([
    ["a column of no field", "created_at,Score\n", "", /column "Score".*no field of an import.*`map`/],
    [
      "a column that is not there",
      "created_at,nps\n",
      `?map=${encodeURIComponent('{"Score":"nps"}')}`,
      /no column "Score"/,
    ],
    ["a map that is none", "created_at,nps\n", "?map=nps", /JSON object/],
    ["two columns of one field", "nps,created_at,nps\n", "", /two columns for "nps"/],
    ["nothing", "", "", /is empty/],
    [
      "a quotation mark that never closes",
      'created_at,comment\n2024-03-01,"all the rest\n2024-03-02,x\n',
      "",
      /quotation mark on line 2/,
    ],
    ["a million columns", `a${",b".repeat(1_000_000)}\n`, "", /1000001 columns on line 1; at most 500/],
  ])("refuses %s as a whole", async (_, body, query, detail) => {
    const survey = await collector.makeSurvey();
    const reply = await send(survey, body, query, CSV);
    expect(reply.status).toBe(422);
    expect(String(reply.body.detail)).toMatch(detail);
  });
});

describe("a body that is no import", () => {
  const gzip = async (text: string) =>
    new Uint8Array(
      await new Response(new Blob([text]).stream().pipeThrough(new CompressionStream("gzip"))).arrayBuffer(),
    );

  it.each([
    ["gzip", () => gzip(ndjson(history)), NDJSON, 415, /gzip.*Unpack/],
    [
      "what a header calls gzip",
      async () => ndjson(history),
      { ...NDJSON, "Content-Encoding": "gzip" },
      415,
      /Content-Encoding: gzip/,
    ],
    ["XLSX", async () => new Uint8Array([0x50, 0x4b, 3, 4, 0x14, 0]), CSV, 415, /XLSX.*CSV/],
    ["UTF-16", async () => new Uint8Array([0xff, 0xfe, 0x63, 0]), CSV, 415, /UTF-16/],
    ["a program", async () => new Uint8Array([0x7f, 0x45, 0x4c, 0x46, 0xff, 0xfe, 0]), NDJSON, 400, /Line 1 .*UTF-8/],
    [
      "Windows-1251 from its third line on",
      async () => new Uint8Array([0x61, 10, 0xd0, 0xb9, 10, 0xcf, 0xf0, 0xe8, 0xe2, 0xb3, 0xf2, 10]),
      CSV,
      400,
      /Line 3 .*UTF-8/,
    ],
    ["JSON", async () => ndjson(history), { ...ADMIN, "Content-Type": "application/json" }, 415, /x-ndjson/],
    [
      "more than a request takes",
      async () => "x".repeat(limits.importBytes + 1),
      NDJSON,
      413,
      /4194304 bytes.*in parts/,
    ],
    ["too many lines", async () => "{}\n".repeat(limits.importLines + 1), NDJSON, 413, /5000 lines.*parts/],
  ] as const)("as %s is refused in words", async (_, body, headers, status, words) => {
    const survey = await collector.makeSurvey();
    const reply = await send(survey, await body(), "", headers);
    expect(reply.status).toBe(status);
    expect(reply.text).toMatch(words);
  });

  it("a line as long as a film is refused by its number, and the others are read", async () => {
    const survey = await collector.makeSurvey();
    const body = `${JSON.stringify({ created_at: "2024-03-01", comment: "a".repeat(1_000_000) })}\n{"created_at":"2024-03-01","nps":9}\n{"nps":\n`;
    const reply = await send(survey, body);
    expect(reply.body).toMatchObject({
      lines: 3,
      created: 1,
      refused: [
        { line: 1, detail: expect.stringContaining("longer than") },
        { line: 3, detail: "is not JSON" },
      ],
    });
  });
});
