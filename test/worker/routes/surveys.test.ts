import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";
import { languages } from "../../../shared/languages.ts";
import { storeOf } from "../../../worker/db/store.ts";
import { purge } from "../../../worker/jobs/purge.ts";
import { crons, runScheduled } from "../../../worker/jobs/schedule.ts";
import type { Collector } from "../support/collector.ts";
import { ADMIN, aCollector, aResponse, DAY, NOON } from "../support/collector.ts";

let collector: Collector;

beforeAll(() => {
  collector = aCollector();
});

const create = (settings: unknown) => collector.request("POST", "/v1/surveys", settings, ADMIN);

describe("making a survey", () => {
  it("needs a name only; everything else has its documented default", async () => {
    const reply = await create({ name: " Shop " });
    expect(reply.status).toBe(201);
    expect(reply.body).toEqual({
      id: expect.stringMatching(/^srv_[a-z0-9]{16}$/),
      created_at: "2026-11-22T12:00:00.000Z",
      updated_at: "2026-11-22T12:00:00.000Z",
      name: "Shop",
      brand: "",
      questions: ["nps", "csat", "comment"],
      csat_style: "stars",
      languages: [...languages],
      texts: {},
      timezone: "UTC",
      segments: [],
      origins: [],
      paused: false,
      starts_at: null,
      ends_at: null,
      targeting: { include: [], exclude: [], devices: [], languages: [], first_visit_delay_days: 0, properties: {} },
      trigger: { type: "delay", seconds: 3 },
      sample: 1,
      throttle: { after_answer_days: 90, after_dismissal_days: 30, any_survey_days: 0 },
      storage: "when_shown",
      theme: { accent: null, scheme: "auto", position: "bottom-end" },
      thanks: { promoter: null, passive: null, detractor: null },
      targets: { nps: null, csat: null },
      topics: [],
      retention_days: null,
      daily_limit: 10_000,
      stop_after: null,
      turnstile: null,
      anonymous: false,
      count_views: false,
      public_badge: false,
      kiosk: false,
      privacy_url: null,
      privacy_tick: false,
    });
  });

  it.each([
    ["no name", {}, "/name"],
    ["a blank name", { name: "  " }, "/name"],
    ["an unknown setting", { name: "x", colour: "red" }, "/colour"],
    ["an unknown nested setting", { name: "x", theme: { font: "Comic" } }, "/theme/font"],
    ["a zone nobody lives in", { name: "x", timezone: "Europe/Atlantis" }, "/timezone"],
    ["an offset for a zone", { name: "x", timezone: "+02:00" }, "/timezone"],
    ["a question twice", { name: "x", questions: ["nps", "nps"] }, "/questions"],
    ["no question", { name: "x", questions: [] }, "/questions"],
    ["an unknown question", { name: "x", questions: ["ces"] }, "/questions/0"],
    ["an origin with a path", { name: "x", origins: ["https://shop.example/a"] }, "/origins/0"],
    ["a bare host for an origin", { name: "x", origins: ["shop.example"] }, "/origins/0"],
    [
      "a script for a link",
      { name: "x", thanks: { promoter: { url: "javascript:alert(1)" } } },
      "/thanks/promoter/url",
    ],
    ["a colour with CSS in it", { name: "x", theme: { accent: "red;background:url(//e)" } }, "/theme/accent"],
    ["a sample over 1", { name: "x", sample: 1.1 }, "/sample"],
    ["too short a retention", { name: "x", retention_days: 8 }, "/retention_days"],
    [
      "an end before the start",
      { name: "x", starts_at: "2026-02-01T00:00:00Z", ends_at: "2026-01-01T00:00:00Z" },
      "/ends_at",
    ],
    ["a trigger of no kind", { name: "x", trigger: { type: "psychic" } }, "/trigger/type"],
    ["a built-in segment by hand", { name: "x", segments: ["flagged"] }, "/segments/0"],
    ["wording in Klingon", { name: "x", texts: { tlh: { send: "ngeH" } } }, "/texts/tlh"],
    ["an unknown text", { name: "x", texts: { en: { headline: "Hi" } } }, "/texts/en/headline"],
  ])("refuses %s and points at it", async (_, settings, pointer) => {
    const reply = await create(settings);
    expect(reply.status).toBe(422);
    expect((reply.body.errors as { pointer: string }[])[0]?.pointer).toBe(pointer);
  });
});

describe("changing a survey", () => {
  it("changes what is named and keeps the rest, one level deep", async () => {
    const id = await collector.makeSurvey({ brand: "Acme", throttle: { after_answer_days: 10 } });
    const path = `/v1/surveys/${id}`;
    const reply = await collector.request(
      "PATCH",
      path,
      { paused: true, throttle: { after_dismissal_days: 5 } },
      ADMIN,
    );
    expect(reply.status).toBe(200);
    expect(reply.body).toMatchObject({
      brand: "Acme",
      paused: true,
      throttle: { after_answer_days: 10, after_dismissal_days: 5, any_survey_days: 0 },
    });
    expect((await collector.get(path)).body).toEqual(reply.body);
  });

  it("refuses what a new survey would be refused, and changes nothing", async () => {
    const id = await collector.makeSurvey();
    const before = (await collector.get(`/v1/surveys/${id}`)).text;
    for (const change of [{ name: "" }, { colour: "red" }, { timezone: null }, []])
      expect((await collector.request("PATCH", `/v1/surveys/${id}`, change, ADMIN)).status).toBe(422);
    expect((await collector.get(`/v1/surveys/${id}`)).text).toBe(before);
  });

  it("lists all surveys, page by page, each once", async () => {
    const own = aCollector();
    const made = new Set<string>();
    for (let count = 0; count < 5; count++) made.add(await own.makeSurvey());
    const listed: string[] = [];
    let cursor: string | null = "";
    while (cursor !== null) {
      const page: { items: { id: string }[]; next: string | null } = (
        await own.get<{ items: { id: string }[]; next: string | null }>(
          `/v1/surveys?limit=2${cursor && `&cursor=${cursor}`}`,
        )
      ).body;
      expect(page.items.length).toBeLessThanOrEqual(2);
      listed.push(...page.items.map((survey) => survey.id));
      cursor = page.next;
    }
    expect(new Set(listed).size).toBe(listed.length);
    expect([...made].every((id) => listed.includes(id))).toBe(true);
  });

  it.each(["limit=0", "limit=101", "limit=x", "cursor=%00", "cursor=a&cursor=b", "offset=3"])(
    "refuses %s",
    async (query) => {
      expect((await collector.get(`/v1/surveys?${query}`)).status).toBe(422);
    },
  );
});

describe("deleting a survey", () => {
  it("hides it at once from every door, and a job erases what it held", async () => {
    const id = await collector.makeSurvey({ segments: ["plan"] });
    await collector.post(aResponse(id, { properties: { plan: "pro" }, comment: "secret" }));
    expect((await collector.request("DELETE", `/v1/surveys/${id}`, undefined, ADMIN)).status).toBe(204);
    expect((await collector.post(aResponse(id))).status).toBe(404);
    for (const path of ["", "/metrics", "/comments"])
      expect((await collector.get(`/v1/surveys/${id}${path}`)).status).toBe(404);
    expect((await collector.request("DELETE", `/v1/surveys/${id}`, undefined, ADMIN)).status).toBe(404);
    expect((await collector.get(`/w/${id}.js`, {})).text).toBe("");
    await runScheduled(storeOf(env.DB), crons.erasing, NOON);
    for (const table of ["responses", "rollups", "segment_values"]) {
      const left = await env.DB.prepare(`SELECT count(*) AS n FROM ${table} WHERE survey_id = ?`).bind(id).first("n");
      expect(left).toBe(0);
    }
    expect(await env.DB.prepare("SELECT id FROM surveys WHERE id = ?").bind(id).first()).toBeNull();
  });

  it("deletes test responses after a day, and no others", async () => {
    const id = await collector.makeSurvey();
    await collector.post(aResponse(id, { test: true }));
    await collector.post(aResponse(id));
    const count = () => env.DB.prepare("SELECT count(*) AS n FROM responses WHERE survey_id = ?").bind(id).first("n");
    await purge(storeOf(env.DB), NOON + DAY);
    expect(await count()).toBe(2);
    await purge(storeOf(env.DB), NOON + DAY + 1);
    expect(await count()).toBe(1);
  });
});
