/** What is kept of the last payload: for whom, for how long, and how much. */
import { env } from "cloudflare:workers";
import { expect, it } from "vitest";
import type { Hook, HookTrial } from "../../../shared/schema/hook.ts";
import type { NewApiKey } from "../../../shared/schema/key.ts";
import { storeOf } from "../../../worker/db/store.ts";
import { crons, runScheduled } from "../../../worker/jobs/schedule.ts";
import { findText } from "../privacy/dump.ts";
import { ADMIN, DAY, NOON } from "../support/collector.ts";
import { aHook, anOpenSurvey, tell, tellByForm } from "../support/inbound.ts";

async function aTold(event: unknown, settings: Parameters<typeof aHook>[2] = {}) {
  const { collector, survey } = await anOpenSurvey();
  const made = await aHook(collector, survey, settings);
  const path = `/v1/surveys/${survey}/hooks/${made.hook.id}`;
  await tell(collector, made, event);
  return { collector, survey, made, path, last: async () => (await collector.get<Hook>(path)).body.last };
}

it("the owner sees what came last, and what became of it", async () => {
  const { collector, made, last } = await aTold({ id: 1, contact: { id: "last-ann" } });
  const received_at = new Date(NOON).toISOString();
  expect(await last()).toEqual({ received_at, outcome: "invited", payload: { id: 1, contact: { id: "last-ann" } } });
  await tellByForm(collector, made, "id=2&data[FIELDS][ID]=9");
  const payload = { id: "2", data: { FIELDS: { ID: "9" } } };
  expect(await last()).toEqual({ received_at, outcome: "no_respondent", payload });
});

it("long texts and lists are cut, and what lets somebody in is taken out", async () => {
  const { last } = await aTold({
    id: 1,
    note: "x".repeat(5000),
    lines: Array.from({ length: 50 }, (_, at) => at),
    auth: { application_token: "confidence", access_token: "confidence", domain: "shop.example" },
    password: "confidence",
  });
  expect((await last())?.payload).toEqual({
    id: 1,
    note: "x".repeat(200),
    lines: [0, 1, 2, 3, 4],
    auth: { application_token: "…", access_token: "…", domain: "shop.example" },
    password: "…",
  });
});

it("of a payload that is larger still, only what became of it is kept", async () => {
  const wide = Object.fromEntries(Array.from({ length: 100 }, (_, at) => [`n${at}`, Array(5).fill("y".repeat(200))]));
  const { last, collector, path } = await aTold({ ...wide, id: 1 });
  expect(await last()).toMatchObject({ payload: null });
  expect((await collector.request("POST", `${path}/try`, { last: true }, ADMIN)).status).toBe(404);
});

it("it is gone after a day, and from the database by the next run of the job", async () => {
  const { collector, last } = await aTold({ id: 1, contact: { id: "gone-tomorrow" } });
  collector.clock.now = NOON + DAY - 1;
  expect(await last()).not.toBeNull();
  collector.clock.now = NOON + DAY;
  expect(await last()).toBeNull();
  await runScheduled(storeOf(env.DB), crons.deleting, collector.clock.now);
  expect((await findText("gone-tomorrow")).map(({ table }) => table)).toEqual(["invitations"]);
});

it("it is erased with its person, and with the hook", async () => {
  const { collector, last } = await aTold({ id: 1, contact: { id: "erased-ann" } });
  await collector.request("DELETE", "/v1/respondents/erased-ann", undefined, ADMIN);
  expect(await findText("erased-ann")).toEqual([]);
  expect(await last()).toBeNull();
  const other = await aTold({ id: 1, secret: 1, contact: "hidden-with-the-hook" });
  await other.collector.request("DELETE", other.path, undefined, ADMIN);
  expect(await findText("hidden-with-the-hook")).toEqual([]);
});

it("a deleted hook and its events are taken out of the database by the job, and so are those of a deleted survey", async () => {
  const rows = async (hook: string) =>
    (
      await env.DB.prepare("SELECT 1 FROM hook_events WHERE hook_id = ?1 UNION ALL SELECT 1 FROM hooks WHERE id = ?1")
        .bind(hook)
        .all()
    ).results.length;
  const one = await aTold({ id: 1, contact: { id: "ann" } });
  expect(await rows(one.made.hook.id)).toBe(2);
  await one.collector.request("DELETE", one.path, undefined, ADMIN);
  const two = await aTold({ id: 1, contact: { id: "ann" } });
  await two.collector.request("DELETE", `/v1/surveys/${two.survey}`, undefined, ADMIN);
  for (const cron of [crons.erasing, crons.deleting, crons.deleting]) await runScheduled(storeOf(env.DB), cron, NOON);
  expect([await rows(one.made.hook.id), await rows(two.made.hook.id)]).toEqual([0, 0]);
});

it("a trial says what would be read of a pasted or of the last payload, and stores nothing", async () => {
  const map = {
    ...{ event: "/id", respondent: "/contact/id", email: "/contact/email", language: "/contact/lang" },
    ...{ time_zone: "/zone", properties: { department: "/department", score: "/score" } },
  };
  const { collector, path } = await aTold(
    { id: 1, contact: { id: "last-eva" }, status: "open" },
    { map, when: { pointer: "/status", equals: "closed" } },
  );
  const trial = (body: object, headers: Record<string, string> = ADMIN) =>
    collector.request<HookTrial>("POST", `${path}/try`, body, headers);
  collector.rows.reset();
  const nothing = { email: null, language: null, time_zone: null, properties: {} };
  expect((await trial({ last: true })).body.events).toEqual([
    { event: "1", respondent: "last-eva", ...nothing, condition: false, skipped: "condition" },
  ]);
  const form =
    "id=7&contact[id]=ann&contact[email]=ann@shop.example&contact[lang]=uk-UA&status=closed&department=Repairs&zone=Europe/Kyiv";
  const read = {
    ...{ event: "7", respondent: "ann", email: "ann@shop.example", language: "uk", condition: true },
    ...{ time_zone: "Europe/Kyiv", properties: { department: "Repairs" } },
  };
  expect((await trial({ payload: form })).body.events).toEqual([read]);
  const contact = { id: "ann", email: "none", lang: "xx" };
  expect((await trial({ payload: { contact, status: "closed", zone: "Moon/Base", score: 7 } })).body.events).toEqual([
    { ...nothing, event: null, respondent: "ann", properties: { score: 7 }, condition: true, skipped: "no_event" },
  ]);
  expect(collector.rows.written).toBe(0);
  expect((await trial({})).status).toBe(422);
  expect((await trial({ payload: 1, last: true })).status).toBe(422);
  expect((await trial({ last: true }, {})).status).toBe(401);
});

it("what came last is for keys that may write", async () => {
  const { collector, path } = await aTold({ id: 1, contact: { id: "ann" } });
  for (const [scope, status] of [
    ["comments", 403],
    ["write", 200],
  ] as const) {
    const { body } = await collector.request<NewApiKey>("POST", "/v1/keys", { name: "x", scope }, ADMIN);
    expect((await collector.get(path, { Authorization: `Bearer ${body.key}` })).status).toBe(status);
  }
});
