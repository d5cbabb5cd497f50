import { expect, it } from "vitest";
import type { AuditItem } from "../../../shared/schema/audit.ts";
import type { Erased, Person } from "../../../shared/schema/person.ts";
import { ADMIN, aCollector, aResponse } from "../support/collector.ts";
import { expectRecountAgrees } from "../support/recount.ts";
import { findText } from "./dump.ts";

const collector = aCollector();

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
    { respondents: [{ id: "Áнна Q/1" }] },
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
  expect(body.invitations).toHaveLength(1);
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
  await collector.request("POST", `/v1/surveys/${survey}/invitations`, { respondents: [{ id: "boris" }] }, ADMIN);
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
    { act: "DELETE /v1/respondents/:respondent", target: null, detail: ["1 responses", "0 invitations"] },
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
