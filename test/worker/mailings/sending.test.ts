/** Mailings that send themselves: whom they reach, what is told of them, their pause and their end. */
import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { ADMIN, aCollector, anId, DAY, HOUR, NOON } from "../support/collector.ts";
import { answerPage, invitePeople, PERSON, sendForm } from "../support/links.ts";
import { aMailingCollector, forgetMailings, people } from "../support/mailings.ts";

let collector: ReturnType<typeof aMailingCollector>;
let survey: string;

beforeEach(async () => {
  await forgetMailings();
  collector = aMailingCollector({ PUBLIC_URL: "https://feedback.example" });
  survey = await collector.makeSurvey({ brand: "Shop" });
});

const inAnHour = new Date(NOON + HOUR).toISOString();
const pathOf = (url: string) => new URL(url).pathname;

describe("a mailing", () => {
  it("goes to each person whom the call invites, once", async () => {
    const call = ["ann@shop.example", { id: "bob", email: "bob@shop.example" }];
    const key = { "Idempotency-Key": "autumn" };
    const { status, body } = await collector.send(survey, call, {}, key);
    expect([status, body.invitations.length]).toEqual([200, 2]);
    expect(collector.take()).toEqual(["ann@shop.example", "bob@shop.example"]);
    expect(await collector.mailing(survey, body.mailing)).toMatchObject({
      id: body.mailing,
      state: "done",
      waits_for: null,
      counts: { queued: 2, waiting: 0, accepted: 2, refused: 0, skipped: {}, uncertain: 0 },
      reminders: { queued: 0 },
    });
    await collector.send(survey, [...call, "cleo@shop.example"], {}, key);
    await collector.minutes(2);
    expect(collector.take()).toEqual(["cleo@shop.example"]);
    expect(await collector.mailing(survey, body.mailing)).toMatchObject({ state: "done", counts: { queued: 3 } });
  });

  it("goes to people whom the same mailing has invited without sending", async () => {
    const key = { "Idempotency-Key": "by-hand-at-first" };
    const before = await invitePeople(collector, survey, { respondents: people(2) }, key);
    expect(before.body).not.toHaveProperty("mailing");
    const { body } = await collector.send(survey, people(2), {}, key);
    expect(body.invitations.map(({ url }) => url)).toEqual(before.body.invitations.map(({ url }) => url));
    expect(collector.take()).toEqual(people(2));
  });

  it("is written in each person's language, with the links of the invitation", async () => {
    const { body } = await collector.send(survey, [
      { id: "ann@shop.example", language: "uk" },
      { id: "bob@shop.example", language: "ar" },
      "cleo@shop.example",
    ]);
    const mailTo = (name: string) => collector.handed.find(({ to }) => to === `${name}@shop.example`);
    const [ann, bob, cleo] = ["ann", "bob", "cleo"].map(mailTo);
    expect(ann?.subject).toContain("Shop");
    expect(ann?.html).toContain('<html lang="uk" dir="ltr">');
    expect(bob?.html).toContain('<html lang="ar" dir="rtl">');
    expect(cleo?.subject).toContain("recommend Shop");
    for (const [index, mail] of [ann!, bob!, cleo!].entries()) {
      const { url, score_urls, unsubscribe_url } = body.invitations[index]!;
      for (const part of [mail.html, mail.text]) {
        expect(part).toContain(unsubscribe_url);
        for (const link of Object.values(score_urls.nps!)) expect(part).toContain(link);
      }
      expect(mail.headers).toMatchObject({
        "List-Unsubscribe": `<${unsubscribe_url}>`,
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        "Auto-Submitted": "auto-generated",
      });
      expect((await collector.get(pathOf(url), {})).status).toBe(200);
    }
  });

  it("can be unsubscribed from by one click of a mail program", async () => {
    await collector.send(survey, ["ann@shop.example"]);
    const [, url = ""] = /<(.+)>/.exec(collector.handed[0]!.headers["List-Unsubscribe"]!) ?? [];
    expect((await sendForm(collector, pathOf(url), { "List-Unsubscribe": "One-Click" })).status).toBe(200);
    collector.clock.now += 100 * DAY;
    const { body } = await collector.send(survey, ["ann@shop.example"]);
    expect(body.skipped).toEqual([{ respondent: "ann@shop.example", reason: "unsubscribed" }]);
  });

  it("waits until the time that the call says", async () => {
    const { body } = await collector.send(survey, people(2), { send_at: inAnHour });
    await collector.minutes(59);
    expect(collector.take()).toEqual([]);
    expect(await collector.mailing(survey, body.mailing)).toMatchObject({
      state: "scheduled",
      send_at: inAnHour,
      counts: { queued: 2, waiting: 2, accepted: 0 },
    });
    await collector.minutes(1);
    expect(collector.take()).toEqual(people(2));
  });

  it("is refused where nothing sends mails, in words that say what is missing", async () => {
    const mute = aCollector();
    const own = await mute.makeSurvey();
    const reply = await mute.request(
      "POST",
      `/v1/surveys/${own}/invitations`,
      { respondents: [{ id: "ann@shop.example" }], send: true },
      ADMIN,
    );
    expect([reply.status, reply.body]).toEqual([
      422,
      expect.objectContaining({
        code: "unsupported_combination",
        detail: "This collector sends no mail: its operator has not set MAILER and MAIL_FROM.",
      }),
    ]);
    expect(await env.DB.prepare("SELECT count(*) AS n FROM invitations").first("n")).toBe(0);
  });

  it.each<[string, Record<string, unknown>, string, string]>([
    [
      "a person without an address",
      { respondents: [{ id: "a@b.example" }, { id: "17" }] },
      "/respondents/1/email",
      "is needed",
    ],
    [
      "an address that is none",
      { respondents: [{ id: "17", email: "ann@shop" }] },
      "/respondents/0/email",
      "ann@example.com",
    ],
    [
      "a time after the links expire",
      { send_at: new Date(NOON + 31 * DAY).toISOString() },
      "/send_at",
      "before the links expire",
    ],
    ["a reminder after they expire", { remind_after_days: 30 }, "/remind_after_days", "before the links expire"],
    ["a time without sending", { send: false, send_at: inAnHour }, "/send_at", 'needs "send": true'],
    ["a time that is none", { send_at: "tomorrow" }, "/send_at", "must be an instant"],
    ["half a day", { remind_after_days: 0.5 }, "/remind_after_days", "whole number"],
  ])("is refused for %s", async (_, changes, pointer, detail) => {
    const reply = await collector.request(
      "POST",
      `/v1/surveys/${survey}/invitations`,
      { respondents: [{ id: "ann@shop.example" }], send: true, ...changes },
      ADMIN,
    );
    expect(reply.status).toBe(422);
    expect(reply.body.errors).toEqual([{ pointer, detail: expect.stringContaining(detail) }]);
    expect(await env.DB.prepare("SELECT count(*) AS n FROM mails WHERE survey_id = ?").bind(survey).first("n")).toBe(0);
  });

  it("keeps its times: the same key with others is a conflict", async () => {
    const key = { "Idempotency-Key": "times" };
    await collector.send(survey, people(1), { send_at: inAnHour }, key);
    expect((await collector.send(survey, people(2), { send_at: inAnHour }, key)).status).toBe(200);
    expect((await collector.send(survey, people(2), {}, key)).status).toBe(409);
    expect((await collector.send(survey, people(2), { send_at: inAnHour, remind_after_days: 3 }, key)).status).toBe(
      409,
    );
  });

  it("stands in the list, the newest first, page by page", async () => {
    for (const name of ["a", "b", "c"]) {
      collector.clock.now += HOUR;
      await collector.send(survey, people(1, name));
    }
    const list = `/v1/surveys/${survey}/mailings`;
    type List = { items: { created_at: string }[]; next: string | null };
    const first = (await collector.get<List>(`${list}?limit=2`)).body;
    const second = (await collector.get<List>(`${list}?limit=2&cursor=${first.next}`)).body;
    const times = [...first.items, ...second.items].map(({ created_at }) => created_at);
    expect(times).toEqual([3, 2, 1].map((hours) => new Date(NOON + hours * HOUR).toISOString()));
    expect(second.next).toBeNull();
    expect((await collector.get(`${list}/mlg_nothing`)).status).toBe(404);
  });
});

describe("nobody is mailed who since the mailing was queued", () => {
  let ANN: string;
  beforeEach(() => {
    ANN = `${crypto.randomUUID()}@shop.example`;
  });

  it.each<[string, string, (ids: { invitation: string; url: string }) => Promise<unknown>]>([
    [
      "has unsubscribed",
      "unsubscribed",
      () => collector.request("POST", "/v1/unsubscribes", { respondent: ANN }, ADMIN),
    ],
    ["has answered", "answered", ({ url }) => answerPage(collector, pathOf(url), { ...PERSON, nps: "9" })],
    [
      "has answered on the site",
      "answered_recently",
      () =>
        collector.request(
          "POST",
          "/v1/responses",
          { survey, id: anId(collector.clock.now), nps: 9, respondent: { id: ANN } },
          ADMIN,
        ),
    ],
    [
      "was invited by another survey",
      "asked_elsewhere",
      async () => {
        const other = await collector.makeSurvey();
        await invitePeople(collector, other, { respondents: [ANN] });
      },
    ],
    [
      "has lost the invitation",
      "revoked",
      ({ invitation }) =>
        collector.request("DELETE", `/v1/surveys/${survey}/invitations/${invitation}`, undefined, ADMIN),
    ],
    [
      "belongs to a survey that is over",
      "closed",
      () =>
        collector.request("PATCH", `/v1/surveys/${survey}`, { ends_at: new Date(NOON + 60_000).toISOString() }, ADMIN),
    ],
    ["was erased", "erased", () => collector.request("DELETE", `/v1/respondents?respondent=${ANN}`, undefined, ADMIN)],
  ])("%s", async (_, reason, act) => {
    await collector.request("PATCH", `/v1/surveys/${survey}`, { throttle: { any_survey_days: 3 } }, ADMIN);
    const { body } = await collector.send(survey, [ANN], { send_at: inAnHour });
    const { id: invitation, url } = body.invitations[0]!;
    collector.clock.now += 1000;
    await act({ invitation, url });
    await collector.after(HOUR);
    expect(collector.take()).toEqual([]);
    expect(await collector.mailing(survey, body.mailing)).toMatchObject({
      state: "done",
      counts: { queued: 1, waiting: 0, accepted: 0, skipped: { [reason]: 1 } },
    });
    expect(await env.DB.prepare("SELECT count(*) AS n FROM mails WHERE address = ?").bind(ANN).first("n")).toBe(0);
  });

  it("has unsubscribed while the mail before theirs was sent", async () => {
    const two = people(2);
    collector.onMail(async (to) => {
      const respondent = two.find((each) => each !== to);
      await collector.request("POST", "/v1/unsubscribes", { respondent }, ADMIN);
    });
    const { body } = await collector.send(survey, two);
    await collector.minutes(1);
    expect(collector.take()).toHaveLength(1);
    expect(await collector.mailing(survey, body.mailing)).toMatchObject({
      state: "done",
      counts: { accepted: 1, skipped: { unsubscribed: 1 } },
    });
  });
});

describe("the caps", () => {
  it("hold in each minute for all mailings together, and in each day", async () => {
    collector = aMailingCollector({ MAILS_PER_MINUTE: "4", MAILS_PER_DAY: "10" });
    const other = await collector.makeSurvey();
    await collector.send(survey, people(8, "a"), { send_at: inAnHour });
    await collector.send(other, people(8, "b"), { send_at: inAnHour });
    await collector.after(HOUR);
    expect(collector.take()).toHaveLength(4);
    await collector.after(0);
    expect(collector.take()).toHaveLength(0);
    await collector.minutes(1);
    expect(collector.take()).toHaveLength(4);
    await collector.minutes(2);
    expect(collector.take()).toHaveLength(2);
    expect(await collector.newest(other)).toMatchObject({ state: "sending", waits_for: "daily_cap" });
    await collector.after(12 * HOUR);
    await collector.minutes(3);
    expect(collector.take()).toHaveLength(6);
    expect(await collector.newest(other)).toMatchObject({ state: "done", waits_for: null });
  });

  it("that are set otherwise are kept, and a run of the free plan stays within its 50 queries", async () => {
    await collector.send(survey, people(100), { send_at: inAnHour });
    const { statements } = await collector.after(HOUR);
    expect(collector.take()).toHaveLength(12);
    expect(statements).toBeLessThanOrEqual(50);
    const alone = await collector.makeSurvey();
    for (const each of people(12, "each")) await collector.send(alone, [each], { send_at: inAnHour });
    for (let minute = 0; minute < 3; minute++)
      expect((await collector.after(60_000)).statements).toBeLessThanOrEqual(50);
  });

  it("leave a minute without mails one reading of two rows", async () => {
    await collector.send(survey, people(100), { send_at: inAnHour });
    expect((await collector.after(1000)).statements).toBe(3);
  });
});

describe("a mailing can be", () => {
  beforeEach(() => {
    collector = aMailingCollector({ MAILS_PER_MINUTE: "3" });
  });

  it("paused and resumed", async () => {
    const { body } = await collector.send(survey, people(8));
    expect(collector.take()).toHaveLength(3);
    expect((await collector.patch(survey, body.mailing!, true)).body).toMatchObject({ state: "paused" });
    await collector.minutes(3);
    expect(collector.take()).toEqual([]);
    expect((await collector.patch(survey, body.mailing!, false)).body).toMatchObject({
      state: "sending",
      counts: { waiting: 2, accepted: 6 },
    });
    await collector.minutes(1);
    expect(await collector.mailing(survey, body.mailing)).toMatchObject({ state: "done", counts: { accepted: 8 } });
  });

  it("paused between two mails", async () => {
    let mailing = "";
    collector.onMail(async () => {
      await collector.patch(survey, mailing, true);
    });
    const { body } = await collector.send(survey, people(8), { send_at: inAnHour });
    mailing = body.mailing!;
    await collector.after(HOUR);
    expect(collector.take()).toHaveLength(1);
    expect(await collector.mailing(survey, mailing)).toMatchObject({
      state: "paused",
      counts: { accepted: 1, waiting: 7 },
    });
  });

  it("cancelled, and what has gone is still told", async () => {
    const key = { "Idempotency-Key": "cancelled" };
    const { body } = await collector.send(survey, people(8), {}, key);
    const path = `/v1/surveys/${survey}/mailings/${body.mailing}`;
    expect((await collector.request("DELETE", path, undefined, ADMIN)).status).toBe(204);
    expect((await collector.request("DELETE", path, undefined, ADMIN)).status).toBe(204);
    await collector.minutes(3);
    expect(collector.take()).toHaveLength(3);
    expect(await collector.mailing(survey, body.mailing)).toMatchObject({
      state: "cancelled",
      counts: { queued: 8, accepted: 3, cancelled: 5, waiting: 0 },
    });
    expect((await collector.patch(survey, body.mailing!, false)).status).toBe(409);
    expect((await collector.send(survey, people(9), {}, key)).status).toBe(409);
    expect(await env.DB.prepare("SELECT count(*) AS n FROM mails WHERE address IS NOT NULL").first("n")).toBe(0);
  });

  it("paused with its survey", async () => {
    await collector.send(survey, people(3), { send_at: inAnHour });
    await collector.request("PATCH", `/v1/surveys/${survey}`, { paused: true }, ADMIN);
    await collector.after(HOUR);
    expect(collector.take()).toEqual([]);
    expect(await collector.newest(survey)).toMatchObject({ state: "paused", counts: { waiting: 3 } });
  });
});

it("the figures of a mailing count who answered", async () => {
  const { body } = await collector.send(survey, people(3));
  await answerPage(collector, pathOf(body.invitations[0]!.url), { ...PERSON, nps: "9" });
  await answerPage(collector, pathOf(body.invitations[0]!.url), { ...PERSON, nps: "3" });
  expect(await collector.mailing(survey, body.mailing)).toMatchObject({ counts: { accepted: 3, answered: 1 } });
});

it("an address is kept until its mail has gone, and the mail's row for 90 days", async () => {
  const { body } = await collector.send(survey, people(2, "kept"), { send_at: inAnHour, remind_after_days: 5 });
  const kept = async (column: string) =>
    env.DB.prepare(`SELECT count(${column}) AS n FROM mails WHERE survey_id = ?`).bind(survey).first("n");
  expect(await kept("address")).toBe(2);
  await collector.after(HOUR);
  expect(await kept("address")).toBe(2);
  await collector.after(5 * DAY);
  expect([await kept("address"), await kept("*")]).toEqual([0, 4]);
  const { runScheduled, crons } = await import("../../../worker/jobs/schedule.ts");
  const { storeOf } = await import("../../../worker/db/store.ts");
  const clean = (now: number) => runScheduled(storeOf(env.DB), crons.deleting, now);
  await clean(NOON + 95 * DAY);
  expect(await kept("*")).toBe(2);
  await clean(NOON + 96 * DAY);
  expect(await kept("*")).toBe(0);
  expect(await collector.mailing(survey, body.mailing)).toMatchObject({
    counts: { accepted: 2 },
    reminders: { accepted: 2 },
  });
});
