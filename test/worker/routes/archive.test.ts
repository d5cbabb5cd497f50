import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import type { ImportReply } from "../../../shared/schema/import.ts";
import type { Metrics } from "../../../shared/schema/metrics-reply.ts";
import { archivedTables } from "../../../worker/db/archive.ts";
import { storeOf } from "../../../worker/db/store.ts";
import { crons, runScheduled } from "../../../worker/jobs/schedule.ts";
import { ADMIN, aCollector, aResponse, DAY, NOON } from "../support/collector.ts";
import { failingAt } from "../support/failing.ts";
import { invitePeople } from "../support/links.ts";

const collector = aCollector();
const NDJSON = { ...ADMIN, "Content-Type": "application/x-ndjson" };

const send = (survey: string, body: string, headers: Record<string, string> = NDJSON, query = "") =>
  collector.request<ImportReply>("POST", `/v1/surveys/${survey}/import${query}`, body, headers);

/** A survey in which everything has happened that can happen to a response. */
async function aLife(): Promise<string> {
  const survey = await collector.makeSurvey({
    segments: ["plan", "language", "plan×language"],
    topics: [{ name: "Délivery", stems: ["deliver"] }],
    timezone: "Europe/Kyiv",
    retention_days: 30,
    count_views: true,
  });
  const secret = "s".repeat(22);
  const post = async (fields: object, headers?: Record<string, string>) => {
    const sent = aResponse(survey, { secret, ...fields });
    await collector.post(sent, headers);
    return sent;
  };
  collector.clock.now = NOON - 31 * DAY;
  await post({ nps: 2, comment: "purged later", properties: { plan: "old" } });
  collector.clock.now = NOON - 3 * DAY;
  const amended = await post({ nps: 9, rev: 1, properties: { plan: "pro" }, locale: "uk" });
  await collector.post({ ...amended, nps: 7, csat: 4, comment: "slow deliver\u0000y 😀", rev: 2 });
  const erased = await post({ nps: 1, comment: "my name is", respondent: { id: "ann" } });
  const excluded = await post({ nps: 0, properties: { plan: "spam\u001f", "10": "a", "2": "b" } });
  const tagged = await post({ csat: 1, respondent: { id: "bob" }, page: "https://shop.example/a/1" });
  await post({ nps: 5, test: true });
  collector.clock.now = NOON;
  await collector.post({ survey, type: "shown" });
  await collector.request("POST", "/v1/events", { survey, type: "dismissed" }, { Origin: "https://shop.example" });
  const one = (id: string) => `/v1/surveys/${survey}/responses/${id}`;
  await collector.request("DELETE", one(erased.id), undefined, ADMIN);
  await collector.request("PATCH", one(excluded.id), { excluded: true }, ADMIN);
  await collector.request(
    "PATCH",
    one(tagged.id),
    { tags: ["late"], note: "called", status: "resolved", assignee: "Olena", answered: true },
    ADMIN,
  );
  await invitePeople(collector, survey, { respondents: ["cat", "dan"] });
  await collector.request("POST", "/v1/unsubscribes", { respondent: "dan", survey }, ADMIN);
  await collector.request("POST", "/v1/unsubscribes", { respondent: "cat" }, ADMIN);
  await collector.request("POST", "/v1/unsubscribes", { respondent: "stranger" }, ADMIN);
  await post({ nps: 6, respondent: { id: "eve" } });
  await collector.request("POST", "/v1/unsubscribes", { respondent: "eve", survey }, ADMIN);
  await collector.request("DELETE", "/v1/respondents?respondent=eve", undefined, ADMIN);
  await runScheduled(storeOf(env.DB), crons.deleting, NOON);
  return survey;
}

/** The rows of the survey's tables, without the survey's id and what stays where it was made. */
async function rowsOf(survey: string): Promise<Record<string, unknown[]>> {
  const found: Record<string, unknown[]> = {};
  for (const { table, key, only = "" } of Object.values(archivedTables)) {
    const { results } = await env.DB.prepare(
      `SELECT * FROM ${table} WHERE survey_id = ?1 ${only} ORDER BY ${key.join(", ")}`,
    )
      .bind(survey)
      .all();
    found[table] = results.map(({ survey_id: _, secret_hash: __, test: ___, ...row }) => row);
  }
  return found;
}

async function archiveOf(survey: string): Promise<string[]> {
  let whole = "";
  for (let cursor: string | null = ""; cursor !== null; ) {
    const query: string = cursor ? `?cursor=${encodeURIComponent(cursor)}` : "";
    const { text, status } = await collector.get(`/v1/surveys/${survey}/archive${query}`);
    expect(status, text).toBe(200);
    const last = JSON.parse(text.trimEnd().split("\n").at(-1)!);
    whole += text;
    cursor = last.type === "next" ? last.cursor : null;
  }
  return whole.trimEnd().split("\n");
}

const figures = async (survey: string, query = "") => {
  const {
    survey: _,
    updated_at: __,
    ...rest
  } = (await collector.get<Metrics>(`/v1/surveys/${survey}/metrics?from=2026-10-01&interval=day&${query}`)).body;
  return rest;
};

describe("an archive", () => {
  it("is taken back by a new survey row by row, however often and in whatever parts it comes", async () => {
    const survey = await aLife();
    const lines = await archiveOf(survey);
    expect(JSON.parse(lines[0]!)).toMatchObject({ type: "archive", survey, version: 1 });
    expect(JSON.parse(lines.at(-1)!)).toMatchObject({ type: "end" });
    const text = lines.join("\n");
    expect(text).not.toContain("secret_hash");
    expect(text).not.toContain("stranger");
    const copy = await collector.makeSurvey();
    // The first parts are lost on the way back and come again.
    for (const [from, to] of [
      [0, 3],
      [0, 3],
      [2, 9],
      [0, 9],
      [9, lines.length],
      [0, lines.length],
    ])
      expect((await send(copy, `${lines.slice(from, to).join("\n")}\n`)).status).toBe(200);
    const [was, is] = [await rowsOf(survey), await rowsOf(copy)];
    // Who wants no invitation from anybody wants none from this survey.
    expect(is.unsubscribes).toMatchObject([{ respondent_id: "cat" }, { respondent_id: "dan" }]);
    // The number of today's changes goes on, or a reader would take old figures for the new ones.
    const steady = (rows: Record<string, unknown[]>) => ({
      ...rows,
      unsubscribes: [],
      rollups: (rows.rollups as { day: string; segment: string }[]).map((row) =>
        row.day === "2026-11-22" && row.segment === "" ? { ...row, changes: 0 } : row,
      ),
    });
    expect(steady(is)).toEqual(steady(was));
    expect([was.responses, was.unnamed_unsubscribes].map((rows) => rows?.length)).toEqual([5, 1]);
    for (const query of ["", "group_by=plan", "group_by=language", "exclude=flagged"])
      expect(await figures(copy, query)).toEqual(await figures(survey, query));
    const settings = async (id: string) => {
      const { id: _, created_at: __, updated_at: ___, ...rest } = (await collector.get(`/v1/surveys/${id}`)).body;
      return rest;
    };
    expect(await settings(copy)).toEqual(await settings(survey));
    // It is a survey like any other now, and the archive is done with it.
    const first = aResponse(copy, { nps: 10 });
    expect((await collector.post(first)).status).toBe(201);
    const again = await send(copy, `${lines.join("\n")}\n`);
    expect(again.body).toMatchObject({ created: 0, repeated: lines.length });
    expect((await figures(copy)).responses).toBe((await figures(survey)).responses + 1);
  });

  it("of an earlier version, which knew nothing of cases, is taken as well", async () => {
    const survey = await aLife();
    let n = 0;
    const older = (await archiveOf(survey)).flatMap((line) => {
      const { assignee, replied_at, resolved_at, unhappy, ...row } = JSON.parse(line);
      if (row.type === "answered_day") return [];
      if (row.type === "end") row.rows = n;
      return [JSON.stringify("n" in row ? { ...row, n: ++n } : row)];
    });
    const copy = await collector.makeSurvey();
    expect((await send(copy, older.join("\n"))).status).toBe(200);
    const { cases, ...rest } = await figures(survey);
    expect(cases).toMatchObject({ answered: { count: 1 } });
    expect(await figures(copy)).toEqual({
      ...rest,
      cases: {
        unhappy: cases?.unhappy,
        answered: { count: 0, percent: 0, exact: 0 },
        within_24h: null,
        median_hours: null,
      },
    });
  });

  it("is restored whole after the database failed at any statement", async () => {
    const survey = await aLife();
    const counts = (rows: Record<string, unknown[]>) => [rows.responses, rows.invitations].map((each) => each?.length);
    const was = counts(await rowsOf(survey));
    const lines = await archiveOf(survey);
    const parts = [lines.slice(0, 4), lines.slice(4)].map((part) => part.join("\n"));
    let failures = 0;
    for (const moment of ["before", "after"] as const)
      for (let at = 1; at < 16; at++) {
        const copy = await collector.makeSurvey();
        const failing = aCollector({ secrets: { DB: failingAt(at, moment) } });
        for (const part of parts) {
          const { status } = await failing.request("POST", `/v1/surveys/${copy}/import`, part, NDJSON);
          if (status === 200) continue;
          failures++;
          expect([at, status]).toEqual([at, 503]);
          // The survey is closed, or the archive has not begun.
          const { responses } = await figures(copy);
          if (responses > 0) expect((await collector.post(aResponse(copy))).status).toBe(503);
          expect((await send(copy, part)).status).toBe(200);
        }
        expect((await collector.get(`/v1/surveys/${copy}`)).body.retention_days).toBe(30);
        expect(counts(await rowsOf(copy))).toEqual(was);
        expect((await figures(copy)).responses).toBe(5);
      }
    expect(failures).toBeGreaterThan(8);
  });

  it("notices a part that has not come, and is whole when it has", async () => {
    const lines = await archiveOf(await aLife());
    const copy = await collector.makeSurvey();
    const part = (from: number, to?: number) => send(copy, lines.slice(from, to).join("\n"));
    expect((await part(0, 3)).status).toBe(200);
    const gap = { status: 409, body: { detail: expect.stringMatching(/^Rows 3 to 5 of the archive have not come/) } };
    expect(await part(6)).toMatchObject(gap);
    expect(await part(-1)).toMatchObject({ status: 409, body: { detail: expect.stringMatching(/^Rows 3 to \d+/) } });
    expect((await collector.post(aResponse(copy))).status).toBe(503);
    // Within a part the line is named.
    const missing = await send(copy, lines.toSpliced(4, 1).join("\n"));
    expect([missing.status, missing.body.refused[0]]).toEqual([
      422,
      { line: 5, detail: "is row 5 of the archive and stands where row 4 should" },
    ]);
    expect((await part(3, 6)).status).toBe(200);
    expect((await part(6)).status).toBe(200);
    expect((await figures(copy)).responses).toBe(5);
  });

  it("keeps all else that would be counted or changed out as well, until it is whole", async () => {
    const lines = await archiveOf(await aLife());
    const copy = await collector.makeSurvey();
    await send(copy, lines.slice(0, 4).join("\n"));
    const own = `/v1/surveys/${copy}`;
    const { id } = JSON.parse(lines[1]!);
    const acts = [
      ["PATCH", own, { name: "x" }],
      ["POST", `${own}/invitations`, { respondents: [{ id: "fay" }] }],
      ["PATCH", `${own}/responses/${id}`, { excluded: true }],
      ["DELETE", `${own}/responses/${id}`],
      ["GET", `${own}/archive`],
    ] as const;
    for (const [method, path, body] of acts)
      expect([path, (await collector.request(method, path, body, ADMIN)).status]).toEqual([path, 503]);
    expect((await send(copy, '{"created_at":"2026-11-20","nps":9}')).status).toBe(503);
    expect((await send(copy, lines.slice(4).join("\n"))).status).toBe(200);
    for (const [method, path, body] of acts)
      expect([path, (await collector.request(method, path, body, ADMIN)).status < 300]).toEqual([path, true]);
  });

  it("goes on with what a job was still filling in", async () => {
    const survey = await collector.makeSurvey();
    for (const plan of ["pro", "free"]) await collector.post(aResponse(survey, { properties: { plan } }));
    await env.DB.prepare(
      `UPDATE surveys SET settings = json_set(settings, '$.segments', json('["plan"]')), version = version + 1,
       filling = '{"segments":["plan"],"after":"","done":0,"of":null}' WHERE id = ?1`,
    )
      .bind(survey)
      .run();
    const copy = await collector.makeSurvey();
    await send(copy, (await archiveOf(survey)).join("\n"));
    // The job takes one survey a run.
    for (const _ of [survey, copy]) await runScheduled(storeOf(env.DB), crons.backfilling, NOON);
    for (const each of [survey, copy])
      expect((await figures(each, "group_by=plan")).groups).toMatchObject([{ value: "free" }, { value: "pro" }]);
  });

  it("goes on where one request is not enough", async () => {
    const survey = await collector.makeSurvey({ name: "large" });
    await env.DB.prepare(
      `INSERT INTO responses (survey_id, id, created_at, day, received_at, updated_at, updated_day, nps, channel)
       SELECT ?1, printf('%08x-0000-7000-8000-000000000000', value), ?2, '2026-11-22', ?2, ?2, '2026-11-22', 9, 'page'
       FROM json_each(?3)`,
    )
      .bind(survey, NOON, JSON.stringify(Array.from({ length: 20_700 }, (_, index) => index)))
      .run();
    const { text } = await collector.get(`/v1/surveys/${survey}/archive`);
    expect(JSON.parse(text.trimEnd().split("\n").at(-1)!)).toMatchObject({ type: "next", cursor: expect.any(String) });
    const ids = (await archiveOf(survey)).map((line) => JSON.parse(line).id).filter(Boolean);
    expect([ids.length, new Set(ids).size]).toEqual([20_700, 20_700]);
    expect((await collector.get(`/v1/surveys/${survey}/archive?cursor=bm9uZQ`)).status).toBe(422);
  });

  it("keeps answers out until it is whole, in a way that no widget drops one", async () => {
    const lines = await archiveOf(await aLife());
    const copy = await collector.makeSurvey({ count_views: true });
    await collector.get(`/v1/surveys/${copy}`);
    await send(copy, lines.slice(0, 3).join("\n"));
    const early = aResponse(copy, { nps: 10 });
    const refused = await collector.post(early);
    expect([refused.status, refused.headers.get("Retry-After")]).toEqual([503, "60"]);
    expect(
      (
        await collector.request(
          "POST",
          "/v1/events",
          { survey: copy, type: "shown" },
          { Origin: "https://shop.example" },
        )
      ).status,
    ).toBe(503);
    await send(copy, lines.slice(3).join("\n"));
    expect((await collector.post(early)).status).toBe(201);
  });

  it("is taken by a survey without answers only, from its first line on, by an administrator", async () => {
    const lines = await archiveOf(await aLife());
    const body = lines.join("\n");
    const used = await collector.makeSurvey();
    await collector.post(aResponse(used));
    expect(await send(used, body)).toMatchObject({
      status: 409,
      body: { code: "conflict", detail: expect.stringMatching(/answers of its own/) },
    });
    const empty = await collector.makeSurvey();
    expect(await send(empty, lines.slice(1).join("\n"))).toMatchObject({
      status: 409,
      body: { detail: expect.stringMatching(/first line/) },
    });
    const other = (await archiveOf(await aLife())).join("\n");
    expect((await send(empty, other)).status).toBe(200);
    expect(await send(empty, body)).toMatchObject({
      status: 409,
      body: { detail: expect.stringMatching(/another archive/) },
    });
    const { key } = (
      await collector.request<{ key: string }>("POST", "/v1/keys", { name: "w", scope: "write", survey: empty }, ADMIN)
    ).body;
    expect((await send(empty, body, { ...NDJSON, Authorization: `Bearer ${key}` })).status).toBe(403);
  });

  it("with a line that was changed by hand is refused as a whole", async () => {
    const lines = await archiveOf(await aLife());
    const copy = await collector.makeSurvey();
    const forged = lines.map((line) => {
      const { type, ...row } = JSON.parse(line);
      if (type === "stored_response") return JSON.stringify({ type, ...row, nps: 11 });
      if (type === "stored_invitation") return JSON.stringify({ type, ...row, properties: "[1" });
      return line;
    });
    const reply = await send(copy, forged.join("\n"), NDJSON, "?skip_invalid=true");
    expect(reply.status).toBe(422);
    expect(reply.body.refused[0]!.detail).toMatch(/^nps must be a whole number from 0 to 10$/);
    expect((await figures(copy)).responses).toBe(0);
    const dry = await send(copy, lines.join("\n"), NDJSON, "?dry_run=true");
    expect(dry.body).toMatchObject({ created: lines.length, refused_total: 0 });
    expect((await collector.get(`/v1/surveys/${copy}`)).body.timezone).toBe("UTC");
  });
});

it("an archive has every column of its tables but the survey's id, secrets and tests", async () => {
  for (const { table, key, columns } of Object.values(archivedTables)) {
    const { results } = await env.DB.prepare(`SELECT name FROM pragma_table_info('${table}')`).all<{ name: string }>();
    const left = ["survey_id", "secret_hash", "test"];
    expect([...key, ...columns].sort()).toEqual(
      results
        .map(({ name }) => name)
        .filter((name) => !left.includes(name))
        .sort(),
    );
  }
});
