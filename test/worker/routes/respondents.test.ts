/** An owner's id of a person may be any text: the person is stored, invited, found, unsubscribed and erased by it. */
import { beforeAll, describe, expect, it } from "vitest";
import { isMergeTag } from "../../../shared/links/merge-tag.ts";
import type { Page } from "../../../shared/schema/paging.ts";
import type { Person } from "../../../shared/schema/person.ts";
import type { Unsubscribe } from "../../../shared/schema/unsubscribe.ts";
import type { Collector } from "../support/collector.ts";
import { ADMIN, aCollector, aResponse } from "../support/collector.ts";
import { anIdentityKey, identityToken } from "../support/identity.ts";
import { answerPage, invitePeople, PERSON, responsesOf } from "../support/links.ts";

let collector: Collector;
beforeAll(() => {
  collector = aCollector();
});

const names = [
  ...[
    ".",
    "..",
    "...",
    "/",
    "//",
    "a/b",
    "/.",
    "../x",
    "a/../b",
    "./",
    "\\",
    "%2e",
    "%2e%2e",
    "%252e",
    "%2f",
    "%",
    "%zz",
  ],
  ...[
    "?",
    "?respondent=x",
    "#",
    "#x",
    "&",
    "a&b=c",
    "+",
    "a+b",
    "a b",
    "=",
    ";",
    ":",
    "~",
    "*",
    "'",
    '"',
    "<b>",
    "null",
  ],
  ...["undefined", "0", "-1", "__proto__", "constructor", "[object Object]", "ann@shop.example", "Олена", "أمل", "😀"],
  ...["e\u0301", "\u00e9", "\u200bx", "x".repeat(200), "😀".repeat(200)],
  ...[" ann", "ann ", "  a b  ", "\tann", "ann\n", "\u00a0ann\u00a0", " . ", " .. "],
];

describe.each(names)("a respondent called %j", (name) => {
  const asked = encodeURIComponent(name);
  /** What it is stored as: the same, without blanks at its ends. */
  const kept = name.trim();

  it("is found by the same name, wherever one is asked for", async () => {
    const survey = await collector.makeSurvey();
    const response = aResponse(survey, { comment: "slow", respondent: { id: name } });
    expect((await collector.post(response, ADMIN)).status).toBe(201);
    const invited = await invitePeople(collector, survey, { respondents: [name] });
    expect(invited.body.skipped).toEqual([{ respondent: kept, reason: "answered_recently" }]);
    await collector.request("POST", "/v1/unsubscribes", { respondent: name, survey }, ADMIN);

    for (const list of ["responses", "comments"]) {
      const { body } = await collector.get<Page<unknown>>(`/v1/surveys/${survey}/${list}?respondent=${asked}`);
      expect(body.items).toMatchObject([{ id: response.id, respondent: { id: kept } }]);
    }
    const { body } = await collector.get<Person>(`/v1/respondents?respondent=${asked}&limit=100`);
    expect(body.respondent).toBe(kept);
    expect(body.items.filter((each) => each.survey === survey)).toMatchObject([{ id: response.id }]);
    expect(body.unsubscribes).toContainEqual(expect.objectContaining({ survey }));

    const listed = await collector.get<Page<Unsubscribe>>(`/v1/unsubscribes?survey=${survey}&respondent=${asked}`);
    expect(listed.body.items.map(({ respondent }) => respondent)).toEqual([kept]);
    const gone = `/v1/unsubscribes?survey=${survey}&respondent=${asked}`;
    expect((await collector.request("DELETE", gone, undefined, ADMIN)).status).toBe(204);
  });

  it("is read by its path too, unless addresses read that as a step", async () => {
    const survey = await collector.makeSurvey();
    await collector.post(aResponse(survey, { respondent: { id: name } }), ADMIN);
    const path = `/v1/respondents/${asked}`;
    const isStep = new URL(path, "http://localhost").pathname !== path;
    const reply = await collector.get<Person>(path);
    expect(isStep).toBe([".", ".."].includes(name));
    if (isStep) return;
    expect([reply.status, reply.body.respondent]).toEqual([200, kept]);
    expect(reply.body.items.filter((each) => each.survey === survey)).toHaveLength(1);
  });

  it("is proven by a token for the same name, and left alone once unsubscribed", async () => {
    const survey = await collector.makeSurvey();
    const key = await anIdentityKey(collector, survey);
    const token = await identityToken(key, { sub: name, aud: survey });
    const response = aResponse(survey, { respondent: { id: name, token } });
    await collector.post(response);
    expect(await responsesOf(survey)).toMatchObject([{ respondent_id: kept, respondent_verified: 1 }]);
    await collector.request("POST", "/v1/unsubscribes", { respondent: name, survey }, ADMIN);
    const { body } = await collector.request("POST", "/v1/eligibility", { survey, id: name, token });
    expect(body).toEqual({ ask: false, reason: "unsubscribed" });
  });

  it("is invited, answers, and is erased by the same name", async () => {
    const survey = await collector.makeSurvey({ throttle: { after_answer_days: 0, after_dismissal_days: 0 } });
    const { body } = await invitePeople(collector, survey, { respondents: [name] });
    expect(body.invitations[0]?.respondent).toBe(kept);
    const url = new URL(body.invitations[0]?.url ?? "").pathname;
    await answerPage(collector, url, { ...PERSON, nps: "9" });
    await answerPage(collector, `/s/${survey}?r=${asked}`, { ...PERSON, nps: "9" });
    const stored = await responsesOf(survey);
    // In an open link, what looks like a merge tag that was not filled in names no respondent.
    expect(stored.filter((row) => row.respondent_id === kept)).toHaveLength(isMergeTag(kept) ? 1 : 2);
    for (let more = true; more; ) {
      const path = `/v1/respondents?respondent=${asked}`;
      const erased = await collector.request<{ more: boolean }>("DELETE", path, undefined, ADMIN);
      expect(erased.status).toBe(200);
      more = erased.body.more;
    }
    const left = (await responsesOf(survey)).map((row) => row.respondent_id);
    expect(left).not.toContain(kept);
  });
});

it.each(["/v1/respondents", "/v1/respondents?respondent=", "/v1/respondents?respondent=%20", "/v1/respondents/%20"])(
  "asks for a name: %s is refused",
  async (path) => {
    for (const method of ["GET", "DELETE"]) {
      collector.rows.reset();
      const reply = await collector.request(method, path, undefined, ADMIN);
      expect([reply.status, collector.rows.written]).toEqual([422, 0]);
    }
  },
);
