/** What a hook does not accept, and that a refusal tells a stranger nothing. */
import { env } from "cloudflare:workers";
import { expect, it } from "vitest";
import { limits } from "../../../shared/limits.ts";
import type { Hook } from "../../../shared/schema/hook.ts";
import { ADMIN, aCollector } from "../support/collector.ts";
import { aHook, anOpenSurvey, tell } from "../support/inbound.ts";

const EVENT = { id: 1, contact: { id: "ann" } };
const MAP = { event: "/id", respondent: "/contact/id" };

it("a hook that is not there, a wrong key, no key, and a deleted hook or survey are one refusal, and write nothing", async () => {
  const { collector, survey } = await anOpenSurvey();
  const made = await aHook(collector, survey);
  const deleted = await aHook(collector, survey);
  await collector.request("DELETE", `/v1/surveys/${survey}/hooks/${deleted.hook.id}`, undefined, ADMIN);
  const orphan = await aHook(collector, await collector.makeSurvey());
  const { survey_id } = (await env.DB.prepare("SELECT survey_id FROM hooks WHERE id = ?")
    .bind(orphan.hook.id)
    .first<{ survey_id: string }>())!;
  await collector.request("DELETE", `/v1/surveys/${survey_id}`, undefined, ADMIN);
  collector.rows.reset();
  const wrong = { Authorization: `Bearer ${made.hook.key}x` };
  const replies = [
    await collector.request("POST", "/v1/hooks/hok_nosuchhookhere00", EVENT, wrong),
    await collector.request("POST", made.path, EVENT, wrong),
    await collector.request("POST", made.path, EVENT, ADMIN),
    await collector.request("POST", `${made.path}?key=`, EVENT),
    await collector.request("POST", `${made.path}?key=none`, EVENT, { "webhook-signature": "v1,AAAA" }),
    await collector.request("POST", made.path, { ...EVENT, auth: { application_token: "none" } }),
    await tell(collector, deleted, EVENT),
    await tell(collector, orphan, EVENT),
  ];
  const texts = replies.map(({ status, body }) => JSON.stringify([status, { ...body, request_id: "" }]));
  expect(new Set(texts).size, texts.join("\n")).toBe(1);
  expect(replies[0]?.status).toBe(404);
  expect(collector.rows.written).toBe(0);
  expect(replies.map(({ text }) => text).join()).not.toContain(made.hook.key);
});

it("whoever guesses is stopped, and the sender is not", async () => {
  const collector = aCollector({ rateLimit: "on" });
  const made = await aHook(collector, await collector.makeSurvey());
  const guess = () => collector.request("POST", `${made.path}?key=guess`, EVENT, { "CF-Connecting-IP": "192.0.2.77" });
  const statuses = new Set<number>();
  for (let time = 0; time < 40; time++) statuses.add((await guess()).status);
  expect([...statuses]).toEqual([404, 429]);
  expect((await tell(collector, made, EVENT)).status).toBe(202);
});

it("a body that is too large, too deep, too long or none of the three kinds is refused for what it is", async () => {
  const { collector, survey } = await anOpenSurvey();
  const { hook, path } = await aHook(collector, survey);
  const send = (body: string, type: string) =>
    collector.request("POST", `${path}?key=${hook.key}`, body, { "Content-Type": type });
  const form = "application/x-www-form-urlencoded";
  expect((await send(" ".repeat(limits.hookEventBytes + 1), "application/json")).status).toBe(413);
  expect((await send('{"id":', "application/json")).body).toMatchObject({ code: "not_json" });
  expect((await send("x", "multipart/form-data; boundary=x")).body).toMatchObject({ code: "unsupported_media_type" });
  expect((await send(`a${"[b]".repeat(10)}=1`, form)).body).toMatchObject({
    errors: [{ detail: expect.stringContaining("10 levels") }],
  });
  expect((await send("a=1&".repeat(2001), form)).body).toMatchObject({
    errors: [{ detail: expect.stringContaining("2000 fields") }],
  });
  const nested = `${"[".repeat(20_000)}${"]".repeat(20_000)}`;
  expect((await send(nested, "application/json")).body).toEqual({ skipped: "no_event" });
});

it("names that a program's own objects have are read only where the sender wrote them", async () => {
  const { collector, survey } = await anOpenSurvey();
  const made = await aHook(collector, survey, { map: { event: "/id", respondent: "/__proto__/id" } });
  expect((await tell(collector, made, { id: 1 })).body).toEqual({ skipped: "no_respondent" });
  const { hook, path } = made;
  const form = { "Content-Type": "application/x-www-form-urlencoded" };
  const reply = await collector.request("POST", `${path}?key=${hook.key}`, "id=2&__proto__[id]=ann", form);
  expect(reply.body).toHaveProperty("invitation");
  expect(({} as { id?: string }).id).toBeUndefined();
  for (const pointer of ["/constructor/name", "/contact/length", "/list/length", "/list/-1", "/list/00"]) {
    const other = await aHook(collector, survey, { map: { event: "/id", respondent: pointer } });
    expect((await tell(collector, other, { ...EVENT, list: ["a"] })).body, pointer).toEqual({
      skipped: "no_respondent",
    });
  }
});

it.each([
  ["/map", { map: undefined }],
  ["/map/respondent", { map: { event: "/id" } }],
  ["/map/event", { map: { ...MAP, event: "id" } }],
  ["/map/event", { map: { ...MAP, event: "/a~2b" } }],
  ["/map/color", { map: { ...MAP, color: "/x" } }],
  ["/when/equals", { when: { pointer: "/x", equals: [] } }],
  ["/when/equals", { when: { pointer: "/x", equals: { a: 1 } } }],
  ["/delay_minutes", { delay_minutes: -1 }],
  ["/quiet_hours/from", { quiet_hours: { from: "24:00", to: "08:00" } }],
  ["/quiet_hours", { quiet_hours: { from: "08:00", to: "08:00" } }],
  ["/signature", { signature: "none" }],
  ["/secret", { signature: "stripe" }],
  ["/bitrix24/inbound_url", { bitrix24: { application_token: "x", inbound_url: "https://10.0.0.1/rest/1/x/" } }],
  ["/bitrix24/inbound_url", { bitrix24: { application_token: "x", inbound_url: "http://shop.example/rest/1/x/" } }],
])("a setting that cannot be is named: %s", async (pointer, settings) => {
  const { collector, survey } = await anOpenSurvey();
  const body = { name: "x", map: MAP, ...settings };
  const reply = await collector.request("POST", `/v1/surveys/${survey}/hooks`, body, ADMIN);
  expect([reply.status, reply.body.errors]).toEqual([422, [expect.objectContaining({ pointer })]]);
});

it("without a mailer invitations cannot be sent by the collector, and the refusal says so", async () => {
  const { collector, survey } = await anOpenSurvey();
  const body = { name: "x", map: MAP, send: true };
  const reply = await collector.request("POST", `/v1/surveys/${survey}/hooks`, body, ADMIN);
  expect([reply.status, reply.body.code]).toEqual([422, "unsupported_combination"]);
  expect(reply.body.detail).toContain("link");
});

it("a survey has at most twenty hooks, and a deleted one leaves its place", async () => {
  const { collector, survey } = await anOpenSurvey();
  const made = await aHook(collector, survey);
  for (let more = 1; more < limits.hooks; more++) await aHook(collector, survey);
  const add = () => collector.request("POST", `/v1/surveys/${survey}/hooks`, { name: "x", map: MAP }, ADMIN);
  expect((await add()).body).toMatchObject({ code: "conflict" });
  await collector.request("DELETE", `/v1/surveys/${survey}/hooks/${made.hook.id}`, undefined, ADMIN);
  expect((await add()).status).toBe(201);
});

it("a change keeps what it does not name, and no reply shows a secret after the first", async () => {
  const { collector, survey } = await anOpenSurvey();
  const bitrix24 = {
    application_token: "tok-confidence",
    inbound_url: "https://shop.bitrix24.example/rest/1/url-confidence/",
  };
  const { hook } = await aHook(collector, survey, { signature: "stripe", secret: "whsec_confidence", bitrix24 });
  const path = `/v1/surveys/${survey}/hooks/${hook.id}`;
  const changed = await collector.request<Hook>("PATCH", path, { name: "Later", delay_minutes: 5 }, ADMIN);
  const { key, ...first } = hook;
  expect(changed.body).toEqual({ ...first, name: "Later", delay_minutes: 5 });
  expect(changed.body.bitrix24).toEqual({ host: "shop.bitrix24.example" });
  const texts = [
    changed.text,
    (await collector.get(path)).text,
    (await collector.get(`/v1/surveys/${survey}/hooks`)).text,
  ].join();
  expect(texts).toContain("Later");
  for (const secret of ["confidence", key]) expect(texts).not.toContain(secret);
  const row = await env.DB.prepare("SELECT * FROM hooks WHERE id = ?").bind(hook.id).first();
  expect(JSON.stringify(row)).not.toContain(key);
});
