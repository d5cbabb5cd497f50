/** The API of Delighted as its clients in Python, PHP and Ruby ask it; test/links/delighted.test.ts has the one for Node. */
import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";
import document from "../../../docs/delighted.md?raw";
import { limits } from "../../../shared/limits.ts";
import type { SurveySettingsInput } from "../../../shared/schema/survey.ts";
import type { DelightedPerson } from "../../../worker/delighted/people.ts";
import type { DelightedRefusal } from "../../../worker/delighted/refusal.ts";
import type { DelightedResponse } from "../../../worker/delighted/responses.ts";
import { hostileStrings } from "../../support/hostile-strings.ts";
import type { Collector, Reply } from "../support/collector.ts";
import { ADMIN, aCollector, anId, aResponse, DAY, HOUR, NOON } from "../support/collector.ts";
import { answerPage, PERSON } from "../support/links.ts";
import { registeredRoutes } from "../support/routes.ts";

let collector: Collector;
const FORM = { "Content-Type": "application/x-www-form-urlencoded" };
const seconds = (ms: number) => Math.floor(ms / 1000);

beforeAll(() => {
  collector = aCollector();
});

/** A survey, and requests to it with a key of its own as the user name of HTTP Basic. */
async function aProject(settings: Partial<SurveySettingsInput> = {}, scope = "admin") {
  collector.clock.now = NOON;
  const survey = await collector.makeSurvey(settings);
  const made = await collector.request<{ key: string }>("POST", "/v1/keys", { name: "old", scope, survey }, ADMIN);
  const basic = { Authorization: `Basic ${btoa(`${made.body.key}:`)}` };
  const send = <Body = Record<string, unknown>>(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Reply<Body>> =>
    collector.request<Body>(method, `/delighted/v1/${path}`, body, {
      ...basic,
      Accept: "application/json",
      ...headers,
    });
  return { survey, key: made.body.key, send };
}

/** Responses of the survey, one for each time given. */
async function answers(survey: string, times: readonly number[], fields: object = {}) {
  for (const at of times) {
    collector.clock.now = at;
    await collector.post(aResponse(survey, { id: anId(at), nps: 9, ...fields }));
  }
  collector.clock.now = NOON;
}

it("has each of its routes in docs/delighted.md", () => {
  const routes = registeredRoutes().filter((route) => route.includes(" /delighted/"));
  expect(routes.length).toBe(18);
  for (const route of routes) expect(document).toContain(`\`${route.replace(":survey/", "")}\``);
});

describe("who asks", () => {
  it("takes the key as the user name, with or without the colon, and its survey from the key", async () => {
    const { key, survey, send } = await aProject();
    await answers(survey, [NOON - HOUR]);
    expect((await send("GET", "metrics.json")).body.response_count).toBe(1);
    for (const user of [key, `${key}:`, `${key}:x`])
      for (const path of ["/delighted/v1/metrics", `/delighted/${survey}/v1/metrics.json`]) {
        const reply = await collector.get(path, { Authorization: `Basic ${btoa(user)}` });
        expect(reply.status, `${path} ${user.slice(-2)}`).toBe(200);
      }
  });

  it("refuses in Delighted's form: no key, a wrong one, another survey, several surveys, no such route", async () => {
    const { send } = await aProject();
    const other = await collector.makeSurvey();
    const refused = async (path: string, headers: Record<string, string>) =>
      (await collector.request<DelightedRefusal>("GET", path, undefined, headers)).body;
    for (const headers of [{}, { Authorization: "Basic ***" }, { Authorization: `Basic ${btoa("vhk_no:")}` }])
      expect(await refused("/delighted/v1/metrics", headers)).toMatchObject({ status: 401, message: "Unauthorized" });
    const bound = await send<DelightedRefusal>("GET", `../${other}/v1/metrics`);
    expect(bound.body).toMatchObject({ status: 403, message: "Forbidden" });
    expect(await refused("/delighted/v1/metrics", ADMIN)).toMatchObject({
      status: 422,
      detail: expect.stringContaining("/delighted/srv_…/v1"),
    });
    expect(await refused("/delighted/srv_none/v1/metrics", ADMIN)).toMatchObject({ status: 404 });
    expect(await refused("/delighted/v1/nothing.json", ADMIN)).toMatchObject({ status: 404, message: "Not found" });
    const put = await send<DelightedRefusal>("PUT", "people", { id: "ann@shop.example" });
    expect(put.body).toMatchObject({ status: 405 });
    expect(put.headers.get("Allow")).toBe("HEAD, GET, POST");
  });

  it("needs the scopes of the native routes", async () => {
    const { send } = await aProject({}, "metrics");
    expect((await send("GET", "metrics")).status).toBe(200);
    expect((await send("GET", "survey_responses")).status).toBe(403);
    const writer = await aProject({}, "write");
    expect((await writer.send("DELETE", "people/ann")).status).toBe(403);
  });
});

describe("survey_responses", () => {
  it("stores one with its own time, once, and gives it back in Delighted's shape", async () => {
    const { survey, send } = await aProject();
    const created_at = seconds(NOON - 400 * DAY);
    const body = {
      person: "ann@shop.example",
      score: 9,
      comment: "quick",
      person_properties: { plan: "pro" },
      created_at,
    };
    const made = await send<DelightedResponse>("POST", "survey_responses.json", body);
    expect(made.status).toBe(201);
    expect(made.body).toEqual({
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      person: "ann@shop.example",
      survey_type: "nps",
      score: 9,
      comment: "quick",
      permalink: `http://localhost/#/s/${survey}/comments/${made.body.id}`,
      created_at,
      updated_at: seconds(NOON),
      person_properties: { plan: "pro" },
      notes: [],
      tags: [],
      additional_answers: [],
    });
    const again = await send<DelightedResponse>("POST", "survey_responses", body);
    expect([again.status, again.body.id]).toEqual([200, made.body.id]);
    expect((await send<DelightedResponse>("GET", `survey_responses/${made.body.id}.json`)).body).toEqual(made.body);
    const { body: native } = await collector.get(`/v1/surveys/${survey}/responses/${made.body.id}`);
    expect(native).toMatchObject({ nps: 9, channel: "api", respondent: { id: "ann@shop.example", verified: true } });
    expect((await send("GET", `metrics?since=${created_at}&until=${created_at}`)).body).toMatchObject({ nps: 100 });
  });

  it("reads forms as PHP sends them, and a person as an object", async () => {
    const { send } = await aProject({ questions: ["csat", "comment"] });
    const form = "person[id]=%2B380441234567&score=5&comment=&person_properties[plan]=pro&tags[]=a&tags[]=b";
    const { status, body } = await send<DelightedResponse>("POST", "survey_responses", form, FORM);
    expect(status).toBe(201);
    expect(body).toMatchObject({
      survey_type: "csat",
      score: 5,
      comment: null,
      tags: ["a", "b"],
      person: "+380441234567",
    });
    const json = { person: { email: "ann@shop.example", id: 7 }, score: "4" };
    expect((await send<DelightedResponse>("POST", "survey_responses", json, FORM)).body).toMatchObject({ person: "7" });
    expect((await send("POST", "survey_responses", "person=ann&score=10", FORM)).body).toMatchObject({
      errors: { score: ["must be a whole number from 1 to 5"] },
    });
  });

  it("changes what came from the API, with the id in the address or in the body alone", async () => {
    const { send } = await aProject();
    const made = await send<DelightedResponse>("POST", "survey_responses", {
      person: "ann",
      score: 9,
      person_properties: { plan: "pro", city: "Lviv" },
    });
    collector.clock.now = NOON + 40 * DAY;
    const { id } = made.body;
    const changed = await send<DelightedResponse>("PUT", `survey_responses/${id}`, {
      score: 3,
      comment: "slow",
      person_properties: { city: null, age: 7 },
    });
    expect(changed.body).toMatchObject({ id, score: 3, comment: "slow", person_properties: { plan: "pro", age: 7 } });
    // The Node client sends the whole object back, with the person expanded.
    const { body: whole } = await send<DelightedResponse>("GET", `survey_responses/${id}?expand=person`);
    const saved = await send<DelightedResponse>("PUT", "survey_responses.json", { ...whole, tags: ["seen"] });
    expect(saved.body).toMatchObject({ id, score: 3, person: "ann", tags: ["seen"], created_at: made.body.created_at });
    const noted = await send<DelightedResponse>("PUT", "survey_responses", { id, notes: [{ text: "called back" }] });
    expect(noted.body.notes).toMatchObject([{ text: "called back" }]);
    expect((await send("PUT", "survey_responses", {})).body).toMatchObject({ errors: { id: ["can't be blank"] } });
    expect((await send("PUT", `survey_responses/${anId()}`, { score: 1 })).status).toBe(404);
  });

  it("leaves an answer from a page as the person sent it, and takes tags and notes for it", async () => {
    const { survey, send } = await aProject();
    const id = anId();
    await collector.post(aResponse(survey, { id, nps: 2, csat: 4, comment: "slow" }));
    const refused = await send<DelightedRefusal>("PUT", `survey_responses/${id}`, { score: 10 });
    expect(refused.body).toMatchObject({ status: 403, detail: expect.stringContaining("stays as they sent it") });
    const kept = await send<DelightedResponse>("PUT", `survey_responses/${id}`, { score: 2, tags: ["slow"] });
    expect(kept.body).toMatchObject({ score: 2, tags: ["slow"], person: `response:${id}` });
    expect(kept.body.additional_answers).toMatchObject([
      { value: { scale: 4 }, question: { id: "csat", type: "scale" } },
    ]);
  });

  it("refuses what cannot be stored, by the field's name, and stores nothing", async () => {
    const { send } = await aProject({ retention_days: 30 });
    const refusals: [body: object, field: string][] = [
      [{ score: 9 }, "person"],
      [{ person: "ann" }, "score"],
      [{ person: "ann", score: 11 }, "score"],
      [{ person: "ann", score: 9.5 }, "score"],
      [{ person: "ann", score: 9, comment: "x".repeat(limits.commentCharacters + 1) }, "comment"],
      [{ person: "ann", score: 9, created_at: seconds(NOON + DAY) }, "created_at"],
      [{ person: "ann", score: 9, created_at: seconds(NOON - 40 * DAY) }, "created_at"],
      [{ person: "ann", score: 9, person_properties: { deep: { er: 1 } } }, "person_properties.deep"],
      [{ person: { name: "Ann" }, score: 9 }, "person"],
    ];
    for (const [body, field] of refusals) {
      collector.rows.reset();
      const reply = await send<DelightedRefusal>("POST", "survey_responses", body);
      expect([reply.status, Object.keys(reply.body.errors ?? {})], JSON.stringify(body)).toEqual([422, [field]]);
      expect(collector.rows.written).toBe(0);
    }
    expect((await send("POST", "survey_responses", "{")).body).toMatchObject({ status: 400, message: "Not JSON" });
    const proto = await send(
      "POST",
      "survey_responses",
      '{"person":"ann","score":9,"person_properties":{"__proto__":1}}',
    );
    expect(proto.status).toBe(422);
  });

  it("answers whatever a stranger writes", async () => {
    const { send } = await aProject();
    for (const text of Object.values(hostileStrings)) {
      const coded = encodeURIComponent(text.toWellFormed());
      for (const reply of [
        await send("POST", "survey_responses", {
          person: text,
          score: 9,
          comment: text,
          person_properties: { [text]: text },
        }),
        await send("POST", "people", `email=${coded}&properties[${coded}]=${coded}`, FORM),
        await send("GET", `survey_responses?person_id=${coded}&expand[]=${coded}&cursor=${coded}`),
        await send("GET", `people?cursor=${coded}&${coded}[${coded}]=1`),
        await send("GET", `people/${coded}`),
      ])
        expect(reply.status, reply.text.slice(0, 200)).toBeLessThan(500);
    }
  });
});

describe("the list of responses", () => {
  const idsOf = (reply: Reply<DelightedResponse[]>) => reply.body.map(({ created_at }) => created_at);

  it("comes in pages by number, oldest first, and `Link` leads through all of it", async () => {
    const { survey, send } = await aProject();
    const times = [5, 4, 3, 2, 1].map((days) => NOON - days * DAY);
    await answers(survey, times);
    const list = (query: string) => send<DelightedResponse[]>("GET", `survey_responses.json?${query}`);
    expect(idsOf(await list("per_page=2&page=2"))).toEqual(times.slice(2, 4).map(seconds));
    expect(idsOf(await list("per_page=2&order=desc"))).toEqual([times[4]!, times[3]!].map(seconds));
    expect(idsOf(await list("page=4&per_page=2"))).toEqual([]);
    const walked: number[] = [];
    let link: string | null = "/delighted/v1/survey_responses?per_page=2&expand[]=person&expand[]=notes";
    for (let pages = 0; link && pages < 9; pages++) {
      const reply: Reply<DelightedResponse[]> = await send("GET", link.replace(/^.*\/v1\//, ""));
      expect(reply.body[0]?.person).toHaveProperty("email", null);
      walked.push(...idsOf(reply));
      const header = reply.headers.get("Link");
      link = header === null ? null : (/^<(http:\/\/localhost\/[^<>,;]+)>; rel="next"$/.exec(header)?.[1] ?? "broken");
    }
    expect(walked).toEqual(times.map(seconds));
    expect((await list("per_page=101")).body).toMatchObject({
      errors: { per_page: ["must be a whole number from 1 to 100"] },
    });
    expect((await list("page=101&per_page=100")).body).toMatchObject({
      status: 422,
      detail: expect.stringContaining("Link"),
    });
  });

  it("narrows by times, by changes and by person, each sorted by its own time", async () => {
    const { survey, send } = await aProject();
    const times = [40, 3, 2, 1].map((days) => NOON - days * DAY);
    await answers(survey, times);
    const [, second, third, fourth] = times.map(seconds) as [number, number, number, number];
    const list = async (query: string) => idsOf(await send<DelightedResponse[]>("GET", `survey_responses?${query}`));
    expect(await list(`since=${second}`)).toEqual([second, third, fourth]);
    expect(await list(`since=${second}&until=${third}&order=desc`)).toEqual([third, second]);
    const { body: all } = await send<DelightedResponse[]>("GET", "survey_responses");
    collector.clock.now = NOON + HOUR;
    await send("PUT", `survey_responses/${all[0]!.id}`, { tags: ["old"] });
    expect(await list(`updated_since=${seconds(NOON)}`)).toEqual([all[0]!.created_at]);
    expect(await list("order=desc:updated_at&per_page=2")).toEqual([all[0]!.created_at, fourth]);
    await send("POST", "survey_responses", { person: "ann@shop.example", score: 1, created_at: second });
    expect(await list("person_email=ann@shop.example")).toEqual([second]);
    for (const query of ["trend=7", "order=up", "since=soon", "expand=all", "page=0"])
      expect((await send("GET", `survey_responses?${query}`)).body, query).toMatchObject({ status: 422 });
  });

  it("has an invited person's late answer where it is asked for by time, and leaves spam out", async () => {
    const { survey, send } = await aProject();
    const { body } = await send<{ survey_url: string }>("POST", "people", { email: "late@shop.example" });
    collector.clock.now = NOON + 20 * DAY;
    const answered = await answerPage(collector, body.survey_url, { ...PERSON, nps: "4" });
    expect(answered.status).toBe(201);
    await collector.post(aResponse(survey, { id: anId(collector.clock.now) }));
    const since = seconds(collector.clock.now - HOUR);
    const list = () => send<DelightedResponse[]>("GET", `survey_responses?since=${since}&order=asc`);
    const { body: found } = await list();
    expect(found.map(({ score }) => score).sort()).toEqual([4, 9]);
    const spam = found.find(({ score }) => score === 9)!;
    await collector.request("PATCH", `/v1/surveys/${survey}/responses/${spam.id}`, { excluded: true }, ADMIN);
    expect((await list()).body.map(({ score }) => score)).toEqual([4]);
  });
});

describe("many responses", () => {
  const MANY = limits.pagedRows + 200;

  it("are walked without an end by `Link`, and by the number of a page as far as one request reads", async () => {
    const { survey, send } = await aProject();
    // As an import leaves them: made over the last year, and all stored just now.
    await env.DB.prepare(
      `WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < ?3 - 1)
      INSERT INTO responses (survey_id, id, created_at, day, received_at, updated_at, updated_day, nps, channel)
      SELECT ?1, printf('%08x-%04x-7000-8000-%012x', at >> 16, at & 65535, i), at, '2026-01-01', ?2, ?2, '2026-01-01', 9, 'import'
      FROM (SELECT i, ?2 - (?3 - i) * 3000000 AS at FROM n)`,
    )
      .bind(survey, NOON, MANY)
      .run();
    const list = (query: string) => send<DelightedResponse[]>("GET", `survey_responses?per_page=100&${query}`);
    expect((await list("page=100")).body).toHaveLength(100);
    for (const query of ["page=101", "page=101&since=1", `page=101&updated_since=${seconds(NOON)}`])
      expect((await list(query)).body, query).toMatchObject({ status: 422, errors: { page: [expect.anything()] } });
    expect((await list("order=desc:updated_at")).body).toMatchObject({
      status: 422,
      errors: { order: [expect.anything()] },
    });
    const latest = await list(`since=${seconds(NOON - DAY)}`);
    expect(latest.body.map(({ created_at }) => created_at)).toEqual(
      Array.from({ length: 28 }, (_, index) => seconds(NOON - (28 - index) * 3_000_000)),
    );
    const seen = new Set<string>();
    let path: string | undefined = `survey_responses?per_page=100&updated_since=${seconds(NOON)}`;
    for (let pages = 0; path !== undefined && pages < 200; pages++) {
      collector.rows.reset();
      const reply: Reply<DelightedResponse[]> = await send("GET", path);
      if (pages > 0) expect(collector.rows.read).toBeLessThanOrEqual(110 + limits.scannedRows);
      for (const { id } of reply.body) seen.add(id);
      path = /v1\/(.+)>; rel="next"/.exec(reply.headers.get("Link") ?? "")?.[1];
    }
    expect(seen.size).toBe(MANY);
  });
});

describe("people", () => {
  it("gets a link of their own and no word of a sending", async () => {
    const { survey, send } = await aProject();
    const form = "email=ann%40shop.example&name=Ann&properties[plan]=pro&properties[locale]=uk&delay=60";
    const made = await send("POST", "people.json", form, FORM);
    expect(made.status).toBe(201);
    expect(made.body).toEqual({
      id: "ann@shop.example",
      email: "ann@shop.example",
      name: "Ann",
      phone_number: null,
      created_at: seconds(NOON),
      last_sent_at: null,
      last_responded_at: null,
      next_survey_scheduled_at: null,
      survey_scheduled_at: null,
      properties: { name: "Ann", plan: "pro" },
      survey_url: expect.stringMatching(/^http:\/\/localhost\/r\//),
      unsubscribe_url: expect.stringMatching(/^http:\/\/localhost\/u\//),
      not_invited: null,
    });
    const again = await send("POST", "people", { email: "ann@shop.example" });
    expect([again.status, again.body.survey_url, again.body.not_invited]).toEqual([200, null, "invited_recently"]);
    collector.rows.reset();
    const unsent = await send("POST", "people", "email=bo%40shop.example&send=false", FORM);
    expect(unsent.body).toMatchObject({ id: "bo@shop.example", survey_url: null, created_at: null });
    expect(collector.rows.written).toBe(0);
    const asked = { phone_number: "+380441234567", last_sent_at: seconds(NOON - DAY) };
    expect((await send("POST", "people", asked)).body).toMatchObject({ not_invited: "invited_recently", ...asked });
    const told = await send("POST", "people", { email: "d@shop.example", send: "false", last_sent_at: seconds(NOON) });
    expect(told.body).toMatchObject({ last_sent_at: seconds(NOON), survey_url: null });
    expect((await send("POST", "people", { email: "d@shop.example" })).body.not_invited).toBe("invited_recently");
    const future = { email: "e@shop.example", last_sent_at: seconds(NOON + DAY) };
    expect((await send("POST", "people", future)).body).toMatchObject({
      errors: { last_sent_at: [expect.anything()] },
    });
    await collector.request("PATCH", `/v1/surveys/${survey}`, { paused: true }, ADMIN);
    expect((await send("POST", "people", { email: "c@shop.example" })).body).toMatchObject({ status: 409 });
    for (const [body, field] of [
      [{}, "email"],
      [{ email: "ann" }, "email"],
      [{ phone_number: "123" }, "phone_number"],
      [{ email: "ann@shop.example", email_update: "b@shop.example" }, "email_update"],
    ] as const)
      expect(Object.keys((await send<DelightedRefusal>("POST", "people", body)).body.errors ?? {})).toEqual([field]);
  });

  it("are listed once each by cursor, as the survey met them, and found by address", async () => {
    const { survey, send } = await aProject();
    for (const [days, id] of [
      [9, "a@shop.example"],
      [8, "+14155551212"],
      [7, "a@shop.example"],
      [6, "b@shop.example"],
    ] as const)
      await answers(survey, [NOON - days * DAY], { respondent: { id } });
    await answers(survey, [NOON - 5 * DAY]);
    await send("POST", "people", { email: "c@shop.example", name: "Cy" });
    await send("POST", "people", { email: "b@shop.example" });
    const found: DelightedPerson[] = [];
    let path: string | undefined = "people?per_page=1";
    for (let pages = 0; path !== undefined && pages < 9; pages++) {
      const reply: Reply<DelightedPerson[]> = await send("GET", path);
      found.push(...reply.body);
      path = /v1\/(.+)>; rel="next"/.exec(reply.headers.get("Link") ?? "")?.[1];
    }
    expect(found.map(({ id }) => id)).toEqual(["a@shop.example", "+14155551212", "b@shop.example", "c@shop.example"]);
    expect(found[0]).toMatchObject({ created_at: seconds(NOON - 9 * DAY), last_responded_at: seconds(NOON - 7 * DAY) });
    const one = await send<DelightedPerson[]>("GET", "people?email=c@shop.example");
    expect(one.body).toMatchObject([{ id: "c@shop.example", name: "Cy" }]);
    const since = await send<DelightedPerson[]>("GET", `people?since=${seconds(NOON - HOUR)}`);
    expect(since.body.map(({ id }) => id)).toEqual(["c@shop.example"]);
    expect((await send("GET", "people/%2B14155551212")).body).toMatchObject({ phone_number: "+14155551212" });
  });

  it.each(["gone@shop.example", "email:gone@shop.example"])("are erased as %s, and known no more", async (id) => {
    const { survey, send } = await aProject();
    const kept = { person: "gone@shop.example", score: 2, comment: "my name is Gone", created_at: seconds(NOON - DAY) };
    await send("POST", "survey_responses", kept);
    await send("POST", "people", { email: "gone@shop.example" });
    const reply = await send("DELETE", `people/${encodeURIComponent(id)}`);
    expect([reply.status, reply.body]).toEqual([202, { ok: true }]);
    expect((await send("DELETE", `people/${id}`)).status).toBe(404);
    // What was erased is not brought back by the same call again.
    const again = await send("POST", "survey_responses", kept);
    expect(again.status).toBeGreaterThanOrEqual(400);
    expect((await send("GET", "people")).body).toEqual([]);
    const { body } = await send<DelightedResponse[]>("GET", "survey_responses?expand[]=person");
    expect(body).toMatchObject([{ score: 2, comment: null, person_properties: null, person: { email: null } }]);
    expect((await collector.get<{ items: unknown[] }>(`/v1/surveys/${survey}/comments`)).body.items).toEqual([]);
  });

  it("are not asked any more where their pending requests are deleted or they unsubscribe", async () => {
    const { send } = await aProject();
    const { body } = await send<{ survey_url: string }>("POST", "people", { email: "ann@shop.example" });
    const pending = await send("DELETE", "people/ann%40shop.example/survey_requests/pending.json", undefined);
    expect([pending.status, pending.body]).toEqual([200, { ok: true }]);
    expect((await answerPage(collector, body.survey_url, { ...PERSON, nps: "4" })).status).toBeGreaterThanOrEqual(400);
    expect((await send("POST", "unsubscribes", "person_email=bo%40shop.example", FORM)).body).toEqual({ ok: true });
    expect((await send("POST", "people", { email: "bo@shop.example" })).body.not_invited).toBe("unsubscribed");
    collector.clock.now += HOUR;
    await send("POST", "unsubscribes", { person_email: "al@shop.example" });
    const { body: listed, headers } = await send("GET", "unsubscribes?per_page=1");
    expect(listed).toEqual([
      {
        person_id: "bo@shop.example",
        email: "bo@shop.example",
        name: null,
        phone_number: null,
        unsubscribed_at: seconds(NOON),
      },
    ]);
    expect(headers.get("Link")).toContain("page=2");
    const { body: later } = await send<{ email: string }[]>("GET", `unsubscribes?since=${seconds(NOON) + 1}`);
    expect(later.map(({ email }) => email)).toEqual(["al@shop.example"]);
    expect((await send("POST", "unsubscribes", {})).body).toMatchObject({
      errors: { person_email: ["can't be blank"] },
    });
  });
});

it("says of metrics without dates the 30 days that end at the newest response", async () => {
  const { survey, send } = await aProject();
  expect((await send("GET", "metrics")).body).toMatchObject({ nps: null, promoter_count: 0, response_count: 0 });
  await answers(survey, [NOON - 200 * DAY, NOON - 171 * DAY], { nps: 10 });
  await answers(survey, [NOON - 201 * DAY, NOON - 180 * DAY], { nps: 3 });
  expect((await send("GET", "metrics.json")).body).toEqual({
    nps: 33,
    promoter_count: 2,
    promoter_percent: 67,
    passive_count: 0,
    passive_percent: 0,
    detractor_count: 1,
    detractor_percent: 33,
    csat: null,
    satisfied_count: 0,
    satisfied_percent: 0,
    neutral_count: 0,
    neutral_percent: 0,
    dissatisfied_count: 0,
    dissatisfied_percent: 0,
    response_count: 3,
  });
  expect((await send("GET", "metrics?since=0&groups[]=core")).body).toMatchObject({ response_count: 4 });
  expect((await send("GET", "metrics?groups[]=email")).body).toMatchObject({ status: 422 });
});

it("says that nothing is sent from here: no bounces, and autopilot is not active", async () => {
  const { send } = await aProject();
  expect((await send("GET", "bounces.json?page=2")).body).toEqual([]);
  expect((await send("GET", "autopilot/email.json")).body).toEqual({
    platform_id: "email",
    active: false,
    frequency: null,
    created_at: null,
    updated_at: null,
  });
  expect((await send("GET", "autopilot/sms/memberships")).body).toEqual([]);
  expect((await send("POST", "autopilot/sms/memberships", { person_email: "a@b.c" })).status).toBe(422);
  expect((await send("DELETE", "autopilot/email/memberships?person_email=a@b.c")).status).toBe(404);
  expect((await send("GET", "autopilot/post")).status).toBe(404);
});

it("reads as many rows as its lists say, however many responses there are", async () => {
  const { survey, send } = await aProject();
  await answers(
    survey,
    Array.from({ length: 60 }, (_, index) => NOON - (60 - index) * HOUR),
    { respondent: { id: "ann" } },
  );
  const read = async (path: string) => {
    collector.rows.reset();
    expect((await send("GET", path)).status).toBe(200);
    return collector.rows.read;
  };
  // The key and the survey are two of them; a page of ten is read with one row more, which says whether it is the last.
  expect(await read("survey_responses?per_page=10")).toBeLessThanOrEqual(15);
  expect(await read("survey_responses?per_page=10&page=3")).toBeLessThanOrEqual(35);
  expect(await read(`survey_responses?per_page=10&since=${seconds(NOON - 5 * HOUR)}`)).toBeLessThanOrEqual(30);
  expect(await read("metrics")).toBeLessThanOrEqual(35);
});
