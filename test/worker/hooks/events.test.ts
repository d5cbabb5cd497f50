/** An event of another program becomes one invitation. */
import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import type { Invitation } from "../../../shared/schema/invitation.ts";
import { ADMIN, aCollector, DAY, NOON } from "../support/collector.ts";
import { aHook, anOpenSurvey, tell, tellByForm } from "../support/inbound.ts";
import { answerPage, PERSON, responsesOf } from "../support/links.ts";

const CLOSED = { id: 7, status: "closed", contact: { id: "ann", email: "ann@shop.example" } };

async function invitationsOf(survey: string) {
  const { results } = await env.DB.prepare("SELECT * FROM invitations WHERE survey_id = ?").bind(survey).all();
  return results;
}

it("a closed case becomes an invitation whose link can be answered, and carries who worked on it", async () => {
  const collector = aCollector();
  const survey = await collector.makeSurvey({ segments: ["department", "employee"] });
  const made = await aHook(collector, survey, {
    map: {
      event: "/id",
      respondent: "/contact/id",
      language: "/contact/locale",
      properties: { department: "/deal/department", employee: "/deal/owner/name", product: "/deal/none" },
    },
    when: { pointer: "/status", equals: "closed" },
  });
  expect(made.hook).toMatchObject({ url: `http://localhost${made.path}`, key: expect.stringMatching(/^vhh_\w{43}$/) });
  const deal = { department: "Repairs", owner: { name: "Olena" } };
  const reply = await tell(collector, made, { ...CLOSED, contact: { id: "ann", locale: "uk_UA" }, deal });
  expect(reply.status).toBe(202);
  expect(reply.body).toEqual({
    invitation: expect.stringMatching(/^[0-9a-f-]{36}$/),
    url: expect.stringMatching(/^http:\/\/localhost\/r\//),
    unsubscribe_url: expect.stringMatching(/^http:\/\/localhost\/u\//),
  });
  const path = `/v1/surveys/${survey}/invitations/${reply.body.invitation}`;
  expect((await collector.get<Invitation>(path)).body).toMatchObject({
    respondent: "ann",
    language: "uk",
    properties: { department: "Repairs", employee: "Olena" },
    url: reply.body.url,
  });
  await answerPage(collector, new URL(reply.body.url ?? "").pathname, { nps: "9", ...PERSON });
  expect(await responsesOf(survey)).toMatchObject([
    { nps: 9, respondent_id: "ann", channel: "invitation", segments: expect.stringContaining("Repairs") },
  ]);
});

it("an event brings one invitation, ever: sent again, for another person, and after the person was erased", async () => {
  const { collector, survey } = await anOpenSurvey();
  const made = await aHook(collector, survey);
  const first = await tell(collector, made, CLOSED);
  expect((await tell(collector, made, CLOSED)).body).toEqual(first.body);
  collector.clock.now += 500 * DAY;
  expect((await tell(collector, made, { ...CLOSED, contact: { id: "eva" } })).body).toEqual({ skipped: "duplicate" });
  await collector.request("DELETE", "/v1/respondents/ann", undefined, ADMIN);
  expect((await tell(collector, made, CLOSED)).body).toEqual({ skipped: "duplicate" });
  expect(await invitationsOf(survey)).toEqual([]);
  expect((await tell(collector, made, { ...CLOSED, id: 8 })).body.invitation).toBeDefined();
  const other = await aHook(collector, survey);
  expect((await tell(collector, other, CLOSED)).body.invitation, "another hook").toBeDefined();
});

it("ten calls at once for one event bring one invitation, whoever they name, and all tell the same of one person", async () => {
  const { collector, survey } = await anOpenSurvey();
  const made = await aHook(collector, survey);
  const names = ["ann", "eva"];
  const calls = Array.from({ length: 10 }, (_, at) => ({ ...CLOSED, contact: { id: names[at % 2] } }));
  const replies = await Promise.all(calls.map((each) => tell(collector, made, each)));
  expect(replies.map(({ status }) => status)).toEqual(calls.map(() => 202));
  expect(await invitationsOf(survey)).toHaveLength(1);
  const told = replies.filter(({ body }) => body.invitation);
  expect(told).toHaveLength(5);
  expect(new Set(told.map(({ body }) => body.url)).size).toBe(1);
  expect(replies.filter(({ body }) => body.skipped === "duplicate")).toHaveLength(5);
});

it("different events of one person at once bring one invitation where the throttle says so", async () => {
  const collector = aCollector();
  const survey = await collector.makeSurvey({ throttle: { after_dismissal_days: 30 } });
  const made = await aHook(collector, survey);
  const replies = await Promise.all([1, 2, 3, 4].map((id) => tell(collector, made, { ...CLOSED, id })));
  expect(replies.map(({ body }) => body.skipped ?? "invited").sort()).toEqual([
    "invited",
    ...Array(3).fill("invited_recently"),
  ]);
  expect(await invitationsOf(survey)).toHaveLength(1);
});

it("reads JSON, a form and query parameters alike", async () => {
  const { collector, survey } = await anOpenSurvey();
  const made = await aHook(collector, survey, { when: { pointer: "/deal/stage", equals: ["won", 5] } });
  const respondentOf = async (reply: Awaited<ReturnType<typeof tell>>) =>
    (await collector.get<Invitation>(`/v1/surveys/${survey}/invitations/${reply.body.invitation}`)).body.respondent;
  const event = { id: 1, contact: { id: 12 }, deal: { stage: "won" } };
  expect(await respondentOf(await tell(collector, made, event))).toBe("12");
  const form = "id=2&contact%5Bid%5D=13&deal[stage]=5";
  expect(await respondentOf(await tellByForm(collector, made, form))).toBe("13");
  expect(await respondentOf(await tell(collector, made, undefined, "?id=3&contact[id]=14&deal[stage]=won"))).toBe("14");
  // The body counts where both name a field.
  expect(
    await respondentOf(await tell(collector, made, { contact: { id: 15 } }, "?id=4&deal[stage]=5&contact[id]=x")),
  ).toBe("15");
  expect(await respondentOf(await tell(collector, made, JSON.stringify({ ...event, id: 5 })))).toBe("12");
});

describe("an event that brings no invitation is accepted, and the reply says why", () => {
  it.each([
    ["no_event", { contact: { id: "ann" } }],
    ["no_event", { id: { inner: 1 }, contact: { id: "ann" } }],
    ["no_respondent", { id: 1 }],
    ["no_respondent", { id: 1, contact: { id: " " } }],
    ["no_respondent", { id: 1, contact: { id: "a".repeat(201) } }],
    ["no_event", []],
    ["no_event", { id: "", contact: { id: "ann" } }],
    ["no_event", ""],
  ])("%s: %j", async (skipped, event) => {
    const { collector, survey } = await anOpenSurvey();
    const reply = await tell(collector, await aHook(collector, survey), event);
    expect([reply.status, reply.body]).toEqual([202, { skipped }]);
    expect(await invitationsOf(survey)).toEqual([]);
  });

  it("the condition does not hold, and it does later", async () => {
    const { collector, survey } = await anOpenSurvey();
    const made = await aHook(collector, survey, { when: { pointer: "/status", equals: "closed" } });
    for (const status of ["open", "Closed", null, ["closed"], { closed: 1 }])
      expect((await tell(collector, made, { ...CLOSED, status })).body, String(status)).toEqual({
        skipped: "condition",
      });
    expect((await tell(collector, made, CLOSED)).body.invitation).toBeDefined();
  });

  it("the throttle, an unsubscribe, a revoked invitation, a closed survey, a hook that is off", async () => {
    const collector = aCollector();
    const survey = await collector.makeSurvey();
    const made = await aHook(collector, survey);
    const first = (await tell(collector, made, CLOSED)).body;
    expect((await tell(collector, made, { ...CLOSED, id: 8 })).body).toEqual({ skipped: "invited_recently" });
    await collector.request("DELETE", `/v1/surveys/${survey}/invitations/${first.invitation}`, undefined, ADMIN);
    expect((await tell(collector, made, CLOSED)).body).toEqual({ skipped: "revoked" });
    await collector.request("POST", "/v1/unsubscribes", { respondent: "gone" }, ADMIN);
    const gone = { id: 9, contact: { id: "gone" } };
    expect((await tell(collector, made, gone)).body).toEqual({ skipped: "unsubscribed" });
    const settings = { id: 10, contact: { id: "ivan" } };
    await collector.request("PATCH", `/v1/surveys/${survey}`, { paused: true }, ADMIN);
    expect((await tell(collector, made, settings)).body).toEqual({ skipped: "closed" });
    await collector.request("PATCH", `/v1/surveys/${survey}`, { paused: false }, ADMIN);
    const own = `/v1/surveys/${survey}/hooks/${made.hook.id}`;
    await collector.request("PATCH", own, { enabled: false }, ADMIN);
    expect((await tell(collector, made, settings)).body).toEqual({ skipped: "off" });
    await collector.request("PATCH", own, { enabled: true }, ADMIN);
    expect((await tell(collector, made, settings)).body.invitation).toBeDefined();
    await collector.request("PATCH", `/v1/surveys/${survey}`, { anonymous: true }, ADMIN);
    expect((await tell(collector, made, { id: 11, contact: { id: "oleh" } })).body).toEqual({ skipped: "closed" });
  });
});

it("a list of events is read member by member, of a form too, and each event and person counts once", async () => {
  const { collector, survey } = await anOpenSurvey();
  const made = await aHook(collector, survey, { each: "/leads/status", map: { event: "/id", respondent: "/contact" } });
  const leads = [
    { id: 1, contact: "ann" },
    { id: 2, contact: "eva" },
    { id: 2, contact: "ivan" },
    { id: 3, contact: "eva" },
    { id: 4 },
  ];
  const { body } = await tell(collector, made, { leads: { status: leads } });
  expect(body.events?.map((each) => each.skipped ?? "invited")).toEqual([
    ...["invited", "invited", "duplicate", "duplicate", "no_respondent"],
  ]);
  expect(body.invitation).toBe(body.events?.[0]?.invitation);
  const form =
    "leads[status][0][id]=5&leads[status][0][contact]=maria&leads[status][1][id]=6&leads[status][1][contact]=oleh";
  expect((await tellByForm(collector, made, form)).body.events).toHaveLength(2);
  expect(await invitationsOf(survey)).toHaveLength(4);
  expect((await tell(collector, made, { leads: "none" })).body).toEqual({ skipped: "no_event", events: [] });
  const many = Array.from({ length: 150 }, (_, id) => ({ id: `m${id}`, contact: `p${id}` }));
  collector.rows.reset();
  expect((await tell(collector, made, { leads: { status: many } })).body.events).toHaveLength(100);
});

it("with a delay or quiet hours the link is good at once, and the reply says when it may be sent", async () => {
  const { collector, survey } = await anOpenSurvey();
  const map = { event: "/id", respondent: "/contact/id", time_zone: "/contact/zone" };
  const made = await aHook(collector, survey, {
    ...{ map, delay_minutes: 90, expires_in_days: 2 },
    quiet_hours: { from: "21:00", to: "08:00" },
  });
  const first = await tell(collector, made, CLOSED);
  expect(first.body.send_at).toBe(new Date(NOON + 90 * 60_000).toISOString());
  expect((await collector.open(new URL(first.body.url ?? "").pathname)).status).toBe(200);
  const contact = { id: "kenji", zone: "Asia/Tokyo" };
  const { body } = await tell(collector, made, { id: 8, contact });
  // 13:30 UTC is 22:30 in Tokyo, where the quiet hours end at 23:00 UTC.
  expect(body.send_at).toBe("2026-11-22T23:00:00.000Z");
  const path = `/v1/surveys/${survey}/invitations/${body.invitation}`;
  expect((await collector.get<Invitation>(path)).body.expires_at).toBe("2026-11-24T23:00:00.000Z");
});
