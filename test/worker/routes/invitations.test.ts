import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";
import type { Invitation } from "../../../shared/schema/invitation.ts";
import type { Collector } from "../support/collector.ts";
import { ADMIN, aCollector, DAY, NOON } from "../support/collector.ts";
import { anInvitation, answerPage, invitePeople, PERSON } from "../support/links.ts";

let collector: Collector;
let survey: string;

beforeAll(async () => {
  collector = aCollector();
  survey = await collector.makeSurvey();
});

const people = (prefix: string, count: number) => Array.from({ length: count }, (_, index) => `${prefix}${index}`);

describe("inviting", () => {
  it("gives each person a link, one per score, and one to unsubscribe", async () => {
    const { status, body } = await invitePeople(collector, survey, {
      respondents: [{ id: "ann", email: "ann@shop.example" }, "bob"],
    });
    expect(status).toBe(200);
    expect(body.skipped).toEqual([]);
    expect(body.invitations.map(({ respondent }) => respondent)).toEqual(["ann", "bob"]);
    const [ann] = body.invitations;
    expect(ann).toMatchObject({ email: "ann@shop.example" });
    const token = ann?.url.split("/r/")[1] ?? "";
    expect(token).toMatch(/^[\w-]{34}\.[\w-]{22}$/);
    expect(Object.keys(ann?.score_urls.nps ?? {})).toHaveLength(11);
    expect(ann?.score_urls.nps?.["9"]).toBe(`${ann?.url}?nps=9`);
    expect(Object.keys(ann?.score_urls.csat ?? {})).toEqual(["1", "2", "3", "4", "5"]);
    expect(new URL(ann?.unsubscribe_url ?? "").pathname).toMatch(/^\/u\/[\w-]{60,120}$/);
    const kept = JSON.stringify((await env.DB.prepare("SELECT * FROM invitations").all()).results);
    expect(kept).not.toContain("shop.example");
  });

  it("gives links only to questions that are asked", async () => {
    const own = await collector.makeSurvey({ questions: ["csat"] });
    const { score_urls } = await anInvitation(collector, own);
    expect(Object.keys(score_urls)).toEqual(["csat"]);
  });

  it("writes two rows a person, and two a call for its line in the log", async () => {
    await anInvitation(collector, survey);
    collector.rows.reset();
    await invitePeople(collector, survey, { respondents: people("rows", 10) });
    expect(collector.rows.written).toBe(20 + 2);
  });

  it("reads as many rows after a thousand invitations as before", async () => {
    const own = await collector.makeSurvey();
    const readsOf = async (prefix: string) => {
      collector.rows.reset();
      await invitePeople(collector, own, { respondents: people(prefix, 5) });
      return collector.rows.read;
    };
    const before = await readsOf("early");
    await invitePeople(collector, own, { respondents: people("between", 1000) });
    expect(await readsOf("late")).toBeLessThanOrEqual(before + 2);
  });

  it("sent again under the same key is the same invitations and writes nothing", async () => {
    const call = { respondents: people("again", 3) };
    const key = { "Idempotency-Key": "autumn-2026" };
    const first = await invitePeople(collector, survey, call, key);
    collector.rows.reset();
    const again = await invitePeople(collector, survey, call, key);
    expect(again.body).toEqual(first.body);
    expect(collector.rows.written).toBe(0);
  });

  it("sent ten times at once under the same key is the same invitations", async () => {
    const own = await collector.makeSurvey();
    const call = { respondents: people("once", 20) };
    const replies = await Promise.all(
      Array.from({ length: 10 }, () => invitePeople(collector, own, call, { "Idempotency-Key": "k" })),
    );
    const links = replies.map(({ body }) => body.invitations.map(({ id, url }) => id + url).join());
    expect(new Set(links).size).toBe(1);
    const count = await env.DB.prepare("SELECT count(*) AS n FROM invitations WHERE survey_id = ?")
      .bind(own)
      .first("n");
    expect(count).toBe(20);
  });

  it.each([
    ["without a key", () => ({})],
    ["each under a key of its own", (call: number) => ({ "Idempotency-Key": `call-${call}` })],
  ])("sent eight times at once %s invites a person once", async (_, headersOf) => {
    for (let round = 0; round < 5; round++) {
      const own = await collector.makeSurvey();
      const call = { respondents: people("once", 20) };
      const replies = await Promise.all(
        Array.from({ length: 8 }, (_each, index) =>
          invitePeople(collector, own, call, headersOf(index) as Record<string, string>),
        ),
      );
      const invited = replies.flatMap(({ body }) => body.invitations.map(({ respondent }) => respondent));
      expect(invited.toSorted()).toEqual(call.respondents.toSorted());
      for (const { status, body } of replies) {
        expect(status).toBe(200);
        expect(body.invitations.length + body.skipped.length).toBe(20);
        for (const { reason } of body.skipped) expect(reason).toBe("invited_recently");
      }
      const keys = await env.DB.prepare("SELECT count(*) AS n FROM signing_keys WHERE survey_id = ?")
        .bind(own)
        .first("n");
      expect(keys).toBe(1);
    }
  });

  it("a mailing too large for one call goes on under its key", async () => {
    const key = { "Idempotency-Key": "in-parts" };
    await invitePeople(collector, survey, { respondents: people("part", 2) }, key);
    const { body } = await invitePeople(collector, survey, { respondents: people("part", 4) }, key);
    expect(body.invitations).toHaveLength(4);
  });

  it("invites a thousand in one call, and refuses one more by name", async () => {
    const { body } = await invitePeople(collector, survey, { respondents: people("crowd", 1000) });
    expect(body.invitations).toHaveLength(1000);
    const more = await invitePeople(collector, survey, { respondents: people("mob", 1001) });
    expect([more.status, more.body]).toMatchObject([422, { errors: [{ pointer: "/respondents" }] }]);
  });
});

describe("who is left out", () => {
  const reasonFor = async (id: string) =>
    (await invitePeople(collector, survey, { respondents: [id] })).body.skipped[0]?.reason;

  it("who is named twice, once", async () => {
    const { body } = await invitePeople(collector, survey, { respondents: ["twice", "twice"] });
    expect([body.invitations.length, body.skipped]).toEqual([1, [{ respondent: "twice", reason: "duplicate" }]]);
  });

  it("who was invited lately, until the throttle has run out", async () => {
    await anInvitation(collector, survey, "lately");
    expect(await reasonFor("lately")).toBe("invited_recently");
    collector.clock.now = NOON + 30 * DAY;
    expect(await reasonFor("lately")).toBeUndefined();
    collector.clock.now = NOON;
  });

  it("who answered lately, by whichever channel", async () => {
    const { url } = await anInvitation(collector, survey, "answered");
    expect((await answerPage(collector, url, { ...PERSON, nps: "9" })).status).toBe(201);
    expect(await reasonFor("answered")).toBe("answered_recently");
  });

  it("who has unsubscribed, from this survey or from all", async () => {
    for (const [respondent, from] of [
      ["one", survey],
      ["all", null],
    ]) {
      const body = { respondent, survey: from };
      expect((await collector.request("POST", "/v1/unsubscribes", body, ADMIN)).status).toBe(201);
    }
    expect([await reasonFor("one"), await reasonFor("all")]).toEqual(["unsubscribed", "unsubscribed"]);
  });

  it("nobody, where the owner has switched the throttle off for a survey after every ticket", async () => {
    const own = await collector.makeSurvey({ throttle: { after_answer_days: 0, after_dismissal_days: 0 } });
    await anInvitation(collector, own, "often");
    expect((await invitePeople(collector, own, { respondents: ["often"] })).body.skipped).toEqual([]);
  });

  it("everybody, while the survey is paused or over", async () => {
    for (const settings of [{ paused: true }, { ends_at: "2026-11-22T11:59:59Z" }]) {
      const own = await collector.makeSurvey(settings);
      const { body } = await invitePeople(collector, own, { respondents: ["ann"] });
      expect(body).toMatchObject({ code: "closed", status: 409 });
    }
  });
});

describe("one invitation", () => {
  const stateOf = async (id: string) =>
    (await collector.get<Invitation>(`/v1/surveys/${survey}/invitations/${id}`)).body.state;

  it("tells what has become of it", async () => {
    const { id, url } = await anInvitation(collector, survey, "watched", { expires_in_days: 2 });
    expect(await stateOf(id)).toBe("open");
    await answerPage(collector, url, { ...PERSON, nps: "3" });
    expect(await stateOf(id)).toBe("answered");
    const other = await anInvitation(collector, survey, "late", { expires_in_days: 2 });
    collector.clock.now = NOON + 3 * DAY;
    expect(await stateOf(other.id)).toBe("expired");
    collector.clock.now = NOON;
  });

  it("gives its link again, signed with the key that signs now", async () => {
    const { id, url } = await anInvitation(collector, survey);
    const { body } = await collector.get<Invitation>(`/v1/surveys/${survey}/invitations/${id}`);
    expect(new URL(body.url ?? "").pathname).toBe(url);
  });

  it("has no link while the survey has no key to sign it with, and a new one by the next key", async () => {
    const own = await collector.makeSurvey();
    const { id, url } = await anInvitation(collector, own);
    const path = `/v1/surveys/${own}/signing-keys`;
    const keys = (await collector.get<{ items: { id: string }[] }>(path)).body.items;
    for (const key of keys) await collector.request("DELETE", `${path}/${key.id}`, undefined, ADMIN);
    const read = async () => (await collector.get<Invitation>(`/v1/surveys/${own}/invitations/${id}`)).body.url;
    expect(await read()).toBeNull();
    await collector.request("POST", path, { use: "links" }, ADMIN);
    const again = new URL((await read()) ?? "").pathname;
    expect(again).not.toBe(url);
    expect((await collector.get(again, {})).status).toBe(200);
  });

  it("can be withdrawn, and stays so in its mailing", async () => {
    const call = { respondents: ["regretted"] };
    const key = { "Idempotency-Key": "withdrawn" };
    const id = (await invitePeople(collector, survey, call, key)).body.invitations[0]?.id ?? "";
    const path = `/v1/surveys/${survey}/invitations/${id}`;
    expect((await collector.request("DELETE", path, undefined, ADMIN)).status).toBe(204);
    expect(await stateOf(id)).toBe("revoked");
    const again = await invitePeople(collector, survey, call, key);
    expect(again.body).toEqual({ invitations: [], skipped: [{ respondent: "regretted", reason: "revoked" }] });
  });

  it("of another survey is not found", async () => {
    const { id } = await anInvitation(collector, await collector.makeSurvey());
    expect((await collector.get(`/v1/surveys/${survey}/invitations/${id}`)).status).toBe(404);
  });
});

describe("what is refused", () => {
  const refusals: [name: string, body: unknown, pointer: string][] = [
    ["no respondents", {}, "/respondents"],
    ["none of them", { respondents: [] }, "/respondents"],
    ["a name instead of an object", { respondents: ["ann"] }, "/respondents/0"],
    ["an empty id", { respondents: [{ id: " " }] }, "/respondents/0/id"],
    ["a field of its own", { respondents: [{ id: "a", name: "Ann" }] }, "/respondents/0/name"],
    ["an unknown language", { respondents: [{ id: "a", language: "xx" }] }, "/respondents/0/language"],
    ["nested properties", { respondents: [{ id: "a", properties: { a: {} } }] }, "/respondents/0/properties/a"],
    ["no day", { respondents: [{ id: "a" }], expires_in_days: 0 }, "/expires_in_days"],
    ["more than a year", { respondents: [{ id: "a" }], expires_in_days: 366 }, "/expires_in_days"],
    ["another confirmation", { respondents: [{ id: "a" }], confirm: "open" }, "/confirm"],
    ["another part", { respondents: [{ id: "a" }], include: ["pdf"] }, "/include/0"],
  ];

  it.each(refusals)("%s", async (_, body, pointer) => {
    const reply = await collector.request("POST", `/v1/surveys/${survey}/invitations`, body, ADMIN);
    expect([reply.status, reply.body]).toMatchObject([422, { errors: [{ pointer }] }]);
  });

  it("a key that is none", async () => {
    const { status } = await invitePeople(collector, survey, { respondents: ["a"] }, { "Idempotency-Key": "a b" });
    expect(status).toBe(422);
  });

  it("an invitation that outlives the responses that retention deletes", async () => {
    const own = await collector.makeSurvey({ retention_days: 20 });
    const { body } = await invitePeople(collector, own, { respondents: ["a"], expires_in_days: 21 });
    expect(body).toMatchObject({ errors: [{ pointer: "/expires_in_days" }] });
  });
});
