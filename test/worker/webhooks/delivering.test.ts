/** Webhooks: what becomes of messages that do not arrive, and of receivers that misbehave. */
import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { limits } from "../../../shared/limits.ts";
import type { Webhook, WebhookTest } from "../../../shared/schema/webhook.ts";
import { storeOf } from "../../../worker/db/store.ts";
import { claimDeliveries } from "../../../worker/db/webhook-deliveries.ts";
import { crons } from "../../../worker/jobs/schedule.ts";
import { waitAfter } from "../../../worker/webhooks/backoff.ts";
import { deliverDue, pace } from "../../../worker/webhooks/deliver.ts";
import { ADMIN, aResponse, DAY, HOUR, NOON } from "../support/collector.ts";
import { aTellingCollector, HOOK_URL } from "../support/hooks.ts";

const collector = aTellingCollector();
const { world } = collector;

beforeEach(collector.forget);

/** A survey of one question with a webhook, so that each response is a message at once. */
async function aHook(settings: object = {}) {
  const survey = await collector.makeSurvey({ questions: ["nps"] });
  const { id } = await collector.hook(survey, settings);
  const path = collector.hookPath(survey, `/${id}`);
  return { survey, id, path, deliveries: (query = "") => collector.deliveries(survey, id, query) };
}

const refuse = (status: number, headers = {}) => new Response("no", { status, headers });
const huge = () =>
  new Response(
    new ReadableStream({
      pull: (controller) => controller.enqueue(new TextEncoder().encode("x".repeat(65_536))),
    }),
  );
const cut = () =>
  new Response(
    new ReadableStream({
      start: (controller) => {
        controller.enqueue(new TextEncoder().encode("half"));
        setTimeout(() => controller.error(new Error("cut")), 10);
      },
    }),
  );

describe("a receiver that", () => {
  it.each([
    ["answers 200", () => refuse(200), { state: "delivered", status: 200, failure: null }],
    ["answers 204", () => new Response(null, { status: 204 }), { state: "delivered", status: 204, failure: null }],
    ["answers without end", huge, { state: "delivered", status: 200, failure: null }],
    ["closes in the middle of its answer", cut, { state: "delivered", status: 200, failure: null }],
    ["answers 500", () => refuse(500), { state: "waiting", status: 500, failure: "status" }],
    ["answers 404", () => refuse(404), { state: "waiting", status: 404, failure: "status" }],
    [
      "sends elsewhere",
      () => refuse(302, { Location: "http://127.0.0.1/" }),
      { state: "waiting", status: 302, failure: "redirect" },
    ],
    [
      "sends elsewhere for good",
      () => refuse(308, { Location: "https://a.example/" }),
      { state: "waiting", status: 308, failure: "redirect" },
    ],
    ["is down", () => "broken" as const, { state: "waiting", status: null, failure: "not_reached" }],
    ["does not answer in time", () => "never" as const, { state: "waiting", status: null, failure: "timeout" }],
    ["answers 410", () => refuse(410), { state: "dead", status: 410, failure: "gone" }],
  ])("%s", async (_, answer, outcome) => {
    const { survey, path, deliveries } = await aHook();
    world.answers.push(answer());
    expect((await collector.post(aResponse(survey))).status).toBe(201);
    expect(await deliveries()).toMatchObject([{ ...outcome, attempts: 1 }]);
    // Nothing else was asked: no redirect is followed.
    expect(world.got).toHaveLength(1);
    world.answers.push(answer());
    const { body } = await collector.ask<WebhookTest>("POST", `${path}/test`);
    expect(body).toMatchObject({
      delivered: outcome.failure === null,
      status: outcome.status,
      failure: outcome.failure,
    });
    expect(body.detail === "").toBe(outcome.failure === null);
    expect(body.answer.length).toBeLessThanOrEqual(limits.webhookAnswerCharacters);
    expect(await deliveries()).toHaveLength(1);
  });
});

it("tries again under the same id, for three days, and then the message is dead until somebody sends it again", async () => {
  const { survey, id, path, deliveries } = await aHook();
  world.usual.answer = () => refuse(503);
  const response = aResponse(survey);
  await collector.post(response);
  const waits: number[] = [];
  for (let [delivery] = await deliveries(); delivery?.next_attempt_at; [delivery] = await deliveries()) {
    const next = Date.parse(delivery.next_attempt_at);
    waits.push(next - collector.clock.now);
    collector.clock.now = next - 1;
    await collector.cron();
    expect(await deliveries()).toEqual([delivery]);
    collector.clock.now = next;
    await collector.cron();
  }
  expect(world.got).toHaveLength(limits.webhookAttempts);
  expect(waits).toHaveLength(limits.webhookAttempts - 1);
  expect(waits).toEqual([...waits].sort((a, b) => a - b));
  expect([waits[0]! >= 5000, waits.at(-1)]).toEqual([true, DAY]);
  expect(collector.clock.now - NOON).toBeGreaterThan(2.5 * DAY);
  const dead = { state: "dead", attempts: limits.webhookAttempts, status: 503, response: response.id };
  expect(await deliveries("?state=dead")).toMatchObject([dead]);
  expect((await collector.ask<Webhook>("GET", path)).body).toMatchObject({ waiting: 0, dead: 1 });

  world.usual.answer = () => new Response("ok");
  const [{ id: message } = expect.fail()] = await deliveries();
  const again = () => collector.ask("POST", `${path}/deliveries/${message}/redeliver`);
  expect((await again()).body).toMatchObject({ id: message, state: "waiting" });
  expect(await deliveries("?state=dead")).toEqual([]);
  expect(await deliveries("?state=delivered")).toMatchObject([{ id: message, attempts: 1, status: 200 }]);
  // What was delivered can be sent again too.
  expect((await again()).status).toBe(200);
  expect(new Set(world.got.map(({ headers }) => headers.get("webhook-id")))).toEqual(new Set([message]));
  expect(new Set(world.got.map(({ headers }) => headers.get("webhook-timestamp"))).size).toBe(limits.webhookAttempts);
  expect(world.take()).toHaveLength(limits.webhookAttempts + 2);

  // After 30 days it is gone.
  collector.clock.now += (limits.webhookDeliveryDays - 4) * DAY;
  await collector.cron(crons.deleting);
  expect(await deliveries()).toHaveLength(1);
  collector.clock.now += 5 * DAY;
  await collector.cron(crons.deleting);
  expect(await deliveries()).toEqual([]);
  expect((await collector.ask("POST", `${path}/deliveries/${message}/redeliver`)).status).toBe(404);
  expect(id).toMatch(/^whk_/);
});

it.each([
  [1, 0, null, 5000],
  [1, 1, null, 5500],
  [1, 0, 60_000, 60_000],
  [1, 0, 90 * HOUR, DAY],
  [9, 1, null, DAY],
  [10, 0, null, null],
  [10, 0, 1000, null],
])("after attempt %i, with luck %d and asked to wait for %j ms, it waits for %j", (attempts, luck, asked, wait) => {
  expect(waitAfter(attempts, luck, asked)).toBe(wait);
});

it("a receiver that is busy is asked again when it says", async () => {
  const { survey, deliveries } = await aHook();
  world.answers.push(refuse(429, { "Retry-After": "600" }));
  await collector.post(aResponse(survey));
  expect(await deliveries()).toMatchObject([{ next_attempt_at: new Date(NOON + 600_000).toISOString() }]);
});

it("a receiver that answers 410 is asked no more, which its webhook says, until it is switched on", async () => {
  const { survey, path, deliveries } = await aHook();
  world.answers.push("broken", refuse(410));
  await collector.post(aResponse(survey));
  collector.clock.now += 1;
  await collector.post(aResponse(survey));
  const off = { at: new Date(NOON + 1).toISOString(), why: "gone" };
  expect((await collector.ask("GET", path)).body).toMatchObject({ enabled: false, off, waiting: 1, dead: 1 });
  await collector.post(aResponse(survey));
  collector.clock.now += HOUR;
  await collector.cron();
  // What waited is dead too, and can be sent later; what happened since makes no message.
  expect(await deliveries()).toMatchObject([{ failure: "gone" }, { state: "dead", failure: "webhook_off" }]);
  expect(world.take()).toHaveLength(2);
  const [dead] = await deliveries();
  const redeliver = () => collector.ask("POST", `${path}/deliveries/${dead!.id}/redeliver`);
  expect(await redeliver()).toMatchObject({ status: 409, body: { detail: expect.stringContaining("off") } });
  expect((await collector.ask("PATCH", path, { enabled: true })).body).toMatchObject({ enabled: true, off: null });
  expect((await redeliver()).status).toBe(200);
  expect(world.take()).toHaveLength(1);
});

it("two that run at once send each message once, and one that dies lets go of its messages", async () => {
  const { survey, id, deliveries } = await aHook();
  world.usual.answer = () => "broken";
  for (let count = 0; count < 3; count++) await collector.post(aResponse(survey));
  world.take();
  world.usual.answer = () => new Response("ok");
  collector.clock.now += 6000;
  await Promise.all([collector.cron(), collector.cron(), collector.cron()]);
  expect(world.take()).toHaveLength(3);
  expect(await deliveries("?state=delivered")).toHaveLength(3);

  world.usual.answer = () => "broken";
  await collector.post(aResponse(survey));
  world.take();
  world.usual.answer = () => new Response("ok");
  collector.clock.now += 6000;
  // Another isolate takes the message, and ends before it has sent it.
  const at = { now: collector.clock.now, lease: collector.clock.now + 60_000 };
  expect(await claimDeliveries(storeOf(env.DB), id, at, 5)).toHaveLength(1);
  await collector.cron();
  expect(world.got).toEqual([]);
  collector.clock.now = at.lease;
  await collector.cron();
  expect(world.take()).toHaveLength(1);
});

it("what a run stores too late is not stored over what another has done since", async () => {
  const { survey, deliveries } = await aHook();
  world.answers.push("never");
  const slow = collector.post(aResponse(survey));
  await expect.poll(() => world.got.length).toBe(1);
  collector.clock.now += HOUR;
  await collector.cron();
  expect(await deliveries()).toMatchObject([{ state: "delivered", attempts: 2 }]);
  await slow;
  expect(await deliveries()).toMatchObject([{ state: "delivered", attempts: 2, failure: null }]);
  expect(new Set(world.got.map(({ headers }) => headers.get("webhook-id"))).size).toBe(1);
});

it("a receiver that is down keeps no other from being told", async () => {
  const down = await aHook();
  world.usual.answer = () => "broken";
  for (let count = 0; count < 3 * pace.messages; count++) await collector.post(aResponse(down.survey));
  const up = await collector.makeSurvey({});
  await collector.hook(up, { url: "https://up.example/" });
  await collector.post(aResponse(up));
  world.got.splice(0);
  collector.clock.now += 60_000;
  await collector.cron();
  expect(world.got.filter(({ url }) => url === "https://up.example/")).toHaveLength(1);
  expect(world.got.filter(({ url }) => url === HOOK_URL).length).toBeLessThanOrEqual(pace.messages);
});

it("a run stays within the 50 queries and the 50 requests of the free plan, whatever waits", async () => {
  let asked = 0;
  const counting = aTellingCollector();
  const { fetch } = counting.world;
  counting.world.usual.answer = () => "broken";
  for (let count = 0; count < 6; count++) {
    const survey = await counting.makeSurvey({ questions: ["nps"] });
    await counting.hook(survey);
    for (let sent = 0; sent < 8; sent++) await counting.post(aResponse(survey));
  }
  counting.world.usual.answer = () => new Response("ok");
  counting.rows.reset();
  const sending = {
    fetch: ((...args: Parameters<typeof globalThis.fetch>) => {
      asked++;
      return fetch(...args);
    }) as typeof globalThis.fetch,
    clock: () => NOON + 10_000,
    loopback: false,
    timeoutMs: 1000,
    mailer: { missing: "" },
  };
  let queries = 0;
  const store = storeOf(env.DB);
  const count = <Result>(by: number, result: Result): Result => {
    queries += by;
    return result;
  };
  const counted: typeof store = {
    all: (query) => count(1, store.all(query)),
    first: (query) => count(1, store.first(query)),
    batch: (all) => count(all.length, store.batch(all)),
    size: () => count(1, store.size()),
    hasSentAgain: store.hasSentAgain,
  };
  expect(await deliverDue(counted, sending)).toBe(pace.webhooks * pace.messages);
  expect(queries).toBeLessThanOrEqual(40);
  expect(asked).toBeLessThanOrEqual(48);
});

describe("settings", () => {
  it("are shown as they were given, without the secret, and can be changed one by one", async () => {
    const survey = await collector.makeSurvey({ segments: ["department"] });
    const filter = { nps_group: ["detractor"], has_comment: true, segment: { department: "sales" } };
    const made = await collector.hook(survey, { events: ["comment.created"], filter, language: "uk" });
    const { secret, ...shown } = made;
    expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{32}$/);
    expect(shown).toMatchObject({
      url: HOOK_URL,
      events: ["comment.created"],
      filter,
      format: "standard",
      language: "uk",
    });
    expect((await collector.ask("GET", collector.hookPath(survey))).body).toEqual({ items: [shown], next: null });
    const path = collector.hookPath(survey, `/${made.id}`);
    const changed = await collector.ask("PATCH", path, { url: "https://other.example/", filter: {} });
    expect(changed.body).toEqual({ ...shown, url: "https://other.example/", filter: {} });
    expect(changed.text).not.toContain("whsec_");
  });

  it("that no longer fit the survey keep a webhook from being switched on, and not from being switched off", async () => {
    const survey = await collector.makeSurvey({ segments: ["department"] });
    const { id } = await collector.hook(survey, { filter: { segment: { department: "sales" } } });
    const path = collector.hookPath(survey, `/${id}`);
    await collector.ask("PATCH", `/v1/surveys/${survey}`, { segments: [] });
    expect((await collector.ask("PATCH", path, { enabled: false })).body).toMatchObject({ enabled: false });
    const { status, text } = await collector.ask("PATCH", path, { enabled: true });
    expect([status, text]).toEqual([422, expect.stringContaining("/filter/segment/department")]);
    expect((await collector.ask("PATCH", path, { enabled: true, filter: {} })).body).toMatchObject({ enabled: true });
  });

  it.each([
    [{ url: "http://10.0.0.1/" }, "/url"],
    [{ events: [] }, "/events"],
    [{ events: ["response.deleted"] }, "/events/0"],
    [{ events: ["response.created", "response.created"] }, "/events"],
    [{ filter: { nps_group: ["unhappy"] } }, "/filter/nps_group/0"],
    [{ filter: { nps_group: [] } }, "/filter/nps_group"],
    [{ filter: { has_comment: "yes" } }, "/filter/has_comment"],
    [{ filter: { segment: { plan: "pro" } } }, "/filter/segment/plan"],
    [{ filter: { department: "sales" } }, "/filter/department"],
    [{ format: "email" }, "/format"],
    [{ format: "fax" }, "/format"],
    [{ language: "de" }, "/language"],
    [{ chat: "-100" }, "/chat"],
    [{ secret: "mine" }, "/secret"],
  ])("%j is refused at %s, and changes nothing", async (wrong, pointer) => {
    const survey = await collector.makeSurvey();
    const body = { url: HOOK_URL, events: ["response.created"], ...wrong };
    const reply = await collector.ask<{ errors: object[] }>("POST", collector.hookPath(survey), body);
    expect([reply.status, reply.body.errors]).toEqual([422, [{ pointer, detail: expect.stringMatching(/\w{4}/) }]]);
    const { id } = await collector.hook(survey);
    expect((await collector.ask("PATCH", collector.hookPath(survey, `/${id}`), wrong)).status).toBe(422);
    expect((await collector.ask<Webhook>("GET", collector.hookPath(survey, `/${id}`))).body.url).toBe(HOOK_URL);
  });

  it(`hold ${limits.webhooks} webhooks, page by page`, async () => {
    const survey = await collector.makeSurvey();
    for (let count = 0; count < limits.webhooks; count++) await collector.hook(survey);
    const body = { url: HOOK_URL, events: ["response.created"] };
    const more = await collector.ask("POST", collector.hookPath(survey), body);
    expect(more).toMatchObject({ status: 409, body: { detail: expect.stringContaining(String(limits.webhooks)) } });
    const first = await collector.get<{ items: Webhook[]; next: string }>(
      `${collector.hookPath(survey)}?limit=12`,
      ADMIN,
    );
    const rest = await collector.get<{ items: Webhook[] }>(`${collector.hookPath(survey)}?cursor=${first.body.next}`);
    expect(new Set([...first.body.items, ...rest.body.items].map(({ id }) => id)).size).toBe(limits.webhooks);
  });

  it("of one survey are not reached by the address of another", async () => {
    const { id } = await aHook();
    const other = await collector.makeSurvey();
    for (const [method, rest] of [
      ["GET", ""],
      ["PATCH", ""],
      ["DELETE", ""],
      ["POST", "/test"],
      ["POST", "/secret"],
      ["GET", "/deliveries"],
    ] as const)
      expect(
        (await collector.ask(method, collector.hookPath(other, `/${id}${rest}`), method === "PATCH" ? {} : undefined))
          .status,
      ).toBe(404);
  });
});
