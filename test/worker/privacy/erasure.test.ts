import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { limits } from "../../../shared/limits.ts";
import type { AuditItem } from "../../../shared/schema/audit.ts";
import type { Erased, Person } from "../../../shared/schema/person.ts";
import { REST } from "../../../shared/segments.ts";
import { foldChunk } from "../../../worker/db/erasure.ts";
import { storeOf } from "../../../worker/db/store.ts";
import { crons, runScheduled } from "../../../worker/jobs/schedule.ts";
import { ADMIN, aCollector, aResponse, NOON } from "../support/collector.ts";
import { anInvitation, answerPage, invitePeople, SCRIPTLESS } from "../support/links.ts";
import { expectRecountAgrees } from "../support/recount.ts";
import { findText } from "./dump.ts";

const store = storeOf(env.DB);

const collector = aCollector({ secrets: { MAILER: "resend:KEY", MAIL_FROM: "feedback@shop.example" } });
const mailedTomorrow = { send: true, send_at: "2026-11-23T12:00:00Z" };

async function aPerson(id: string, survey: string, fields: object = {}) {
  const response = aResponse(survey, {
    nps: 2,
    comment: `I am ${id}`,
    respondent: { id },
    properties: { plan: "pro", mail: `${id}@example.org` },
    page: `https://shop.example/${id}`,
    locale: "uk",
    ...fields,
  });
  expect((await collector.post(response)).status).toBe(201);
  return response;
}

const path = (id: string) => `/v1/respondents/${encodeURIComponent(id)}`;

it("shows all that is held on a person across surveys, invitations and unsubscribes, page by page", async () => {
  const surveys = [await collector.makeSurvey(), await collector.makeSurvey()];
  for (const survey of surveys) await aPerson("Áнна Q/1", survey);
  await collector.request(
    "POST",
    `/v1/surveys/${surveys[0]}/invitations`,
    { respondents: [{ id: "Áнна Q/1", email: "anna@shop.example" }], ...mailedTomorrow },
    ADMIN,
  );
  await collector.request("POST", "/v1/unsubscribes", { respondent: "Áнна Q/1" }, ADMIN);
  const { body } = await collector.get<Person>(path("Áнна Q/1"));
  expect(body.items.map((item) => item.survey).sort()).toEqual([...surveys].sort());
  expect(body.items[0]).toMatchObject({
    nps: 2,
    comment: "I am Áнна Q/1",
    properties: { plan: "pro", mail: "Áнна Q/1@example.org" },
    verified: false,
  });
  expect(body.invitations).toMatchObject([
    { mails: [{ reminder: false, state: "waiting", email: "anna@shop.example", detail: null }] },
  ]);
  expect(body.unsubscribes).toMatchObject([{ survey: null, source: "api" }]);
  const first = await collector.get<Person>(`${path("Áнна Q/1")}?limit=1`);
  const second = await collector.get<Person>(`${path("Áнна Q/1")}?limit=1&cursor=${first.body.next}`);
  expect([first, second].flatMap(({ body }) => body.items.map((item) => item.id))).toEqual(
    body.items.map((item) => item.id),
  );
  expect(second.body.next).toBeNull();
});

it("erases the person from every table, keeps the bare scores, and lets nothing in again", async () => {
  const survey = await collector.makeSurvey({
    segments: ["plan", "language"],
    topics: [{ name: "me", stems: ["am"] }],
  });
  const response = await aPerson("boris", survey);
  await aPerson("vera", survey);
  const mailed = { respondents: [{ id: "boris", email: "boris@shop.example" }], ...mailedTomorrow };
  await collector.request("POST", `/v1/surveys/${survey}/invitations`, mailed, ADMIN);
  const reply = await collector.request<Erased>("DELETE", path("boris"), undefined, ADMIN);
  expect(reply.body).toEqual({ responses: 1, invitations: 1, more: false });
  expect(await findText("boris")).toEqual([]);
  expect(await findText("vera")).not.toEqual([]);
  expect((await collector.get(`/v1/surveys/${survey}/metrics`)).body).toMatchObject({ responses: 2, comments: 1 });
  await expectRecountAgrees(survey);
  collector.rows.reset();
  expect((await collector.post(response)).status).toBe(200);
  expect((await collector.post({ ...response, comment: "still boris" })).status).toBe(200);
  expect(collector.rows.written).toBe(0);
  expect(await findText("boris")).toEqual([]);
  expect((await collector.request<Erased>("DELETE", path("boris"), undefined, ADMIN)).body.responses).toBe(0);
});

it("leaves no trace of who it was in the audit log", async () => {
  const survey = await collector.makeSurvey();
  await aPerson("galina", survey);
  collector.clock.now += 1;
  await collector.request("DELETE", path("galina"), undefined, ADMIN);
  const { items } = (await collector.get<{ items: AuditItem[] }>("/v1/audit?limit=1")).body;
  expect(items).toMatchObject([
    { act: "DELETE /v1/respondents/:respondent", target: null, respondent: null, count: 1 },
  ]);
});

it("a bound admin sees and erases in its own survey only", async () => {
  const [mine, theirs] = [await collector.makeSurvey(), await collector.makeSurvey()];
  for (const survey of [mine, theirs]) await aPerson("dina", survey);
  const { body } = await collector.request("POST", "/v1/keys", { name: "x", scope: "admin", survey: mine }, ADMIN);
  const bound = { Authorization: `Bearer ${body.key}` };
  expect((await collector.get<Person>(path("dina"), bound)).body.items.map((item) => item.survey)).toEqual([mine]);
  await collector.request("DELETE", path("dina"), undefined, bound);
  expect((await collector.get<Person>(path("dina"))).body.items.map((item) => item.survey)).toEqual([theirs]);
});

it("one anonymous response can be blanked, or dropped with its score", async () => {
  const survey = await collector.makeSurvey({ anonymous: true });
  const [blanked, dropped] = [
    aResponse(survey, { nps: 1, comment: "call 555-0101" }),
    aResponse(survey, { nps: 1, comment: "call 555-0102" }),
  ];
  for (const response of [blanked, dropped]) await collector.post(response);
  const one = (id: string) => `/v1/surveys/${survey}/responses/${id}`;
  expect((await collector.request("DELETE", one(blanked.id), undefined, ADMIN)).status).toBe(204);
  expect((await collector.get(`/v1/surveys/${survey}/metrics`)).body).toMatchObject({ responses: 2, comments: 1 });
  expect((await collector.request("DELETE", `${one(dropped.id)}?score=drop`, undefined, ADMIN)).status).toBe(204);
  expect((await collector.get(`/v1/surveys/${survey}/metrics`)).body).toMatchObject({ responses: 1, comments: 0 });
  expect(await findText("555-010")).toEqual([]);
  await expectRecountAgrees(survey);
});

describe("the values of the person's segments", () => {
  const segments = ["plan", "case", "plan×case", "language"];
  const one = (survey: string, id: string) => `/v1/surveys/${survey}/responses/${id}`;

  /** How often each value is counted, over all days. */
  async function counted(survey: string, segment: string): Promise<Record<string, number>> {
    const { results } = await env.DB.prepare(
      "SELECT value, sum(responses) AS n FROM rollups WHERE survey_id = ? AND segment = ? GROUP BY value",
    )
      .bind(survey, segment)
      .all<{ value: string; n: number }>();
    return Object.fromEntries(results.map(({ value, n }) => [value, n]));
  }

  async function answers(survey: string, values: Record<string, string>, times: number) {
    const sent = Array.from({ length: times }, (_, at) => aResponse(survey, { nps: at % 11, properties: values }));
    for (const each of sent) expect((await collector.post(each)).status).toBe(201);
    return sent;
  }

  it.each(["person", "response"])(
    "that nobody else has are gone at once, from counters too: erasing a %s",
    async (what) => {
      const survey = await collector.makeSurvey({ segments });
      await answers(survey, { plan: "pro" }, limits.sharedValueLeast);
      const response = await aPerson("zoya", survey, {
        properties: { plan: "pro", case: "case-4711", mail: "zoya@example.org" },
        locale: "sw",
      });
      const path = what === "person" ? "/v1/respondents/zoya" : one(survey, response.id);
      expect((await collector.request("DELETE", path, undefined, ADMIN)).status).toBeLessThan(300);
      expect(await findText("zoya", "case-4711")).toEqual([]);
      expect(await findText('"sw"')).toEqual([]);
      expect(await counted(survey, "language")).toEqual({ [REST]: 1 });
      expect(await counted(survey, "plan")).toEqual({ pro: limits.sharedValueLeast });
      await expectRecountAgrees(survey);
    },
  );

  it("that an amendment had replaced before are gone too", async () => {
    const survey = await collector.makeSurvey({ segments });
    const response = await aPerson("ivan", survey, { properties: { case: "first-4712" } });
    await collector.post({ ...response, properties: { case: "second-4712" } });
    await collector.request("DELETE", path("ivan"), undefined, ADMIN);
    expect(await findText("-4712")).toEqual([]);
    await expectRecountAgrees(survey);
  });

  it(`stay while ${limits.sharedValueLeast} others have them, and are folded into the rest where fewer do`, async () => {
    const survey = await collector.makeSurvey({ segments });
    const kept = await answers(survey, { case: "kept-4713" }, limits.sharedValueLeast + 1);
    const few = await answers(survey, { case: "few-4713" }, limits.sharedValueLeast);
    for (const { id } of [kept[0]!, few[0]!]) await collector.request("DELETE", one(survey, id), undefined, ADMIN);
    expect(await counted(survey, "case")).toEqual({
      "kept-4713": limits.sharedValueLeast,
      [REST]: limits.sharedValueLeast - 1,
    });
    const places = (await findText("few-4713")).map(({ table, column }) => `${table}.${column}`);
    expect(new Set(places)).toEqual(new Set(["responses.properties"]));
    await expectRecountAgrees(survey);
  });

  it("are counted again for whoever brings them later, and what was folded stays so when the past is filled in", async () => {
    const survey = await collector.makeSurvey({ segments });
    const [first] = await answers(survey, { case: "again-4714" }, 3);
    await collector.request("DELETE", one(survey, first!.id), undefined, ADMIN);
    expect(await counted(survey, "case")).toEqual({ [REST]: 2 });
    await answers(survey, { case: "again-4714" }, 1);
    expect(await counted(survey, "case")).toEqual({ [REST]: 2, "again-4714": 1 });
    for (const declared of [["plan"], segments]) {
      await collector.request("PATCH", `/v1/surveys/${survey}`, { segments: declared }, ADMIN);
      await runScheduled(store, "", collector.clock.now);
      await expectRecountAgrees(survey);
    }
    expect(await counted(survey, "case")).toEqual({ [REST]: 2, "again-4714": 1 });
  });

  it("are moved with the counters of days whose answers retention has deleted", async () => {
    const survey = await collector.makeSurvey({ segments });
    const [erased, old] = await answers(survey, { case: "old-4715" }, 2);
    await env.DB.prepare("DELETE FROM responses WHERE id = ?").bind(old!.id).run();
    await collector.request("DELETE", one(survey, erased!.id), undefined, ADMIN);
    expect(await findText("old-4715")).toEqual([]);
    expect(await counted(survey, "case")).toEqual({ [REST]: 1 });
  });

  it("are not counted while a large survey is looked through, whatever is sent, put back or filled in meanwhile", async () => {
    const survey = await collector.makeSurvey({ segments });
    const sent = await answers(survey, { case: "slow-4716" }, 4);
    const away = await answers(survey, { case: "slow-4716" }, 2);
    for (const { id } of away) await collector.request("PATCH", one(survey, id), { excluded: true }, ADMIN);
    await env.DB.prepare(`INSERT INTO folding_values (survey_id, segment, value) VALUES (?, 'case', 'slow-4716')`)
      .bind(survey)
      .run();
    await env.DB.prepare("DELETE FROM segment_values WHERE survey_id = ? AND segment = 'case'").bind(survey).run();
    await env.DB.prepare("UPDATE surveys SET version = version + 1 WHERE id = ?").bind(survey).run();
    for (let step = 0; (await foldChunk(store, survey, "2026-11-22", 1)) !== null; step++) {
      expect(step).toBeLessThan(30);
      if (step === 0) await collector.request("PATCH", one(survey, away[0]!.id), { excluded: false }, ADMIN);
      if (step < 2) await answers(survey, { case: "slow-4716" }, 1);
      if (step === 2) await collector.post({ ...sent[3], csat: 5, properties: { case: "slow-4716" } });
      await runScheduled(store, crons.backfilling, collector.clock.now);
      await expectRecountAgrees(survey);
    }
    expect(await findText("slow-4716")).not.toContainEqual(expect.objectContaining({ table: "folding_values" }));
    await expectRecountAgrees(survey);
    await collector.request("PATCH", one(survey, away[1]!.id), { excluded: false }, ADMIN);
    await expectRecountAgrees(survey);
  });
});

describe("what was answered by invitation", () => {
  it.each(["person", "response"])("cannot be traced by the invitation of the same id: erasing a %s", async (what) => {
    const survey = await collector.makeSurvey();
    const invited = await anInvitation(collector, survey, { id: "olena", properties: { mail: "olena@example.org" } });
    expect((await answerPage(collector, invited.url, { nps: "3", comment: "olena here", ...SCRIPTLESS })).status).toBe(
      201,
    );
    const address = what === "person" ? path("olena") : `/v1/surveys/${survey}/responses/${invited.id}`;
    expect((await collector.request("DELETE", address, undefined, ADMIN)).status).toBeLessThan(300);
    expect(await findText("olena")).toEqual([]);
    expect((await collector.get(`/v1/surveys/${survey}/invitations/${invited.id}`)).status).toBe(404);
    expect((await collector.get(invited.url)).status).toBe(404);
    expect((await collector.get(`/v1/surveys/${survey}/metrics`)).body).toMatchObject({ responses: 1 });
  });
});

describe("what is written after an erasure", () => {
  it("no tag, note or status is taken, for no later erasure would find whose it is; excluding is", async () => {
    const survey = await collector.makeSurvey();
    const response = await aPerson("petro", survey);
    await collector.request("DELETE", path("petro"), undefined, ADMIN);
    const address = `/v1/surveys/${survey}/responses/${response.id}`;
    for (const written of [
      { note: "petro called" },
      { tags: ["petro"] },
      { status: "resolved" },
      { note: "", excluded: true },
    ])
      expect(await collector.request("PATCH", address, written, ADMIN)).toMatchObject({
        status: 409,
        body: { code: "closed" },
      });
    expect(await findText("petro")).toEqual([]);
    const excluded = await collector.request("PATCH", address, { excluded: true }, ADMIN);
    expect(excluded).toMatchObject({ status: 200, body: { excluded: true } });
    await expectRecountAgrees(survey);
  });

  it("a note and tags from before this was so go with the next erasure", async () => {
    const survey = await collector.makeSurvey();
    const response = await aPerson("roman", survey);
    const address = `/v1/surveys/${survey}/responses/${response.id}`;
    await collector.request("DELETE", address, undefined, ADMIN);
    await env.DB.prepare(`UPDATE responses SET note = 'roman called', tags = '["roman"]' WHERE id = ?`)
      .bind(response.id)
      .run();
    await collector.request("DELETE", address, undefined, ADMIN);
    expect(await findText("roman")).toEqual([]);
  });

  it("an answer, an invitation and a line in the log that came since go with the next erasure", async () => {
    const survey = await collector.makeSurvey({ segments: ["plan"] });
    for (let time = 0; time < 2; time++) {
      collector.clock.now = NOON + time * 1000;
      await aPerson("taras", survey);
      await invitePeople(collector, survey, { respondents: ["taras"] });
      collector.clock.now += 1;
      expect((await collector.get<Person>(path("taras"))).body.items).toHaveLength(1);
      expect(await findText("taras")).toContainEqual(expect.objectContaining({ table: "audit", column: "respondent" }));
      collector.clock.now += 1;
      await collector.request("DELETE", path("taras"), undefined, ADMIN);
      expect(await findText("taras")).toEqual([]);
    }
  });

  it("an unsubscribe stays, for it is the person's own wish, and keeps no name", async () => {
    const survey = await collector.makeSurvey();
    await aPerson("ulas", survey);
    await collector.request("POST", "/v1/unsubscribes", { respondent: "ulas" }, ADMIN);
    await collector.request("DELETE", path("ulas"), undefined, ADMIN);
    expect(await findText("ulas")).toEqual([]);
    const { body } = await collector.get<Person>(path("ulas"));
    expect(body.unsubscribes).toMatchObject([{ survey: null, source: "api" }]);
  });
});
