/** Only the one who answered changes an answer, and a refusal writes nothing: one generated table of both. */
import { env } from "cloudflare:workers";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Collector, Reply } from "../../support/collector.ts";
import { ADMIN, aCollector, anId, DAY, NOON } from "../../support/collector.ts";
import { anInvitation, answerPage, hiddenFields, PERSON, responsesOf, sendForm } from "../../support/links.ts";
import type { Act, Channel, Key, Sender } from "./rule.ts";
import { acts, channels, keys, leavesTrace, secrets, senders, verdictOf } from "./rule.ts";

let collector: Collector;
let survey: string;
let other: string;
const headersOf = new Map<Key, Record<string, string>>();
const secretOf = { "no secret": undefined, "the secret": "A".repeat(22), "another secret": "B".repeat(22) };
const ANSWER = { nps: 3, comment: "slow" };
const PAGE = { Origin: "https://shop.example" };

/** How many combinations had which result, and how many rows the refusals wrote. */
const counts = { tried: 0, changed: 0, kept: 0, refused: {} as Record<string, number>, rowsWrittenByRefusals: 0 };

beforeAll(async () => {
  collector = aCollector();
  survey = await collector.makeSurvey();
  other = await collector.makeSurvey();
  for (const key of keys) headersOf.set(key, await aKey(key));
});

afterAll(() => console.info(`Who changes an answer: ${JSON.stringify(counts)}`));

describe.each(channels)("a response that came by %s", (channel) => {
  const table = acts.flatMap((act) => senders.map((sender) => ({ act, sender, ...sender })));

  it.each(table)("$act, with $key and $secret", async ({ act, sender }) => {
    const response = await aResponseBy(channel);
    const before = await rowOf(response);
    const tracesBefore = await traces(response);
    collector.rows.reset();
    const reply = await send({ survey, id: response, ...bodyOf(act) }, sender);
    const written = collector.rows.written;
    const after = await rowOf(response);
    const verdict = verdictOf(channel, sender, act);
    note(verdict, written);
    if (verdict === "changed") {
      expect([reply.status, after]).toEqual([200, expect.objectContaining(resultOf(act))]);
      expect((await traces(response)) - tracesBefore).toBe(leavesTrace(sender, verdict) ? 1 : 0);
      return;
    }
    if (verdict === "kept") expect(reply.status).toBe(200);
    else expect(reply).toMatchObject({ status: verdict === "unauthorized" ? 401 : 403, body: { code: verdict } });
    expect(written, "rows written").toBe(0);
    expect(after).toEqual(before);
  });
});

describe("a response that is not there yet", () => {
  const invitations = {
    "an open invitation": async (_id: string) => {},
    "a withdrawn invitation": async (id: string) => {
      await collector.request("DELETE", `/v1/surveys/${survey}/invitations/${id}`, undefined, ADMIN);
    },
    // The time in its id is further from the server's than a device's clock may be.
    "an expired invitation": async (_id: string) => {
      collector.clock.now = NOON + 10 * DAY;
    },
  };

  describe.each(Object.entries(invitations))("by the id of %s", (kind, prepare) => {
    it.each(senders)("is refused, with $key and $secret", async (sender) => {
      const { id, url } = await anInvitation(collector, survey, crypto.randomUUID(), { expires_in_days: 1 });
      await prepare(id);
      collector.rows.reset();
      const reply = await send({ survey, id, ...ANSWER }, sender);
      const verdict = ["expired key", "revoked key"].includes(sender.key) ? "unauthorized" : "not_yours";
      note(verdict, collector.rows.written);
      expect(reply).toMatchObject({ status: verdict === "unauthorized" ? 401 : 403, body: { code: verdict } });
      expect(collector.rows.written, "rows written").toBe(0);
      // The attempt locked nobody out: the person can answer as if it had not been made.
      const own = await answerPage(collector, url, { ...PERSON, nps: "9" });
      collector.clock.now = NOON;
      expect(own.status).toBe(kind === "an open invitation" ? 201 : 410);
    });
  });

  it.each(senders)("by a fresh id is made, or its key is refused: $key and $secret", async (sender) => {
    const id = anId();
    collector.rows.reset();
    const reply = await send({ survey, id, ...ANSWER }, sender);
    const isRefused = ["expired key", "revoked key"].includes(sender.key);
    note(isRefused ? "unauthorized" : "changed", collector.rows.written);
    expect(reply.status).toBe(isRefused ? 401 : 201);
    expect((await rowOf(id)) !== null).toBe(!isRefused);
    if (isRefused) expect(collector.rows.written).toBe(0);
  });
});

describe("by a page of ours", () => {
  type Try = { path: string; fields: Record<string, string> };
  type Answered = { id: string; own: Try; survey: string; token: string };

  const invited = async (): Promise<Answered> => {
    const { id, url } = await anInvitation(collector, survey);
    await answerPage(collector, url, { ...PERSON, nps: "3", comment: "slow" });
    return { id, survey, token: url, own: { path: url, fields: hiddenFields((await collector.get(url, {})).text) } };
  };
  const linked = async (): Promise<Answered> => {
    const mine = await collector.makeSurvey();
    const thanks = await answerPage(collector, `/s/${mine}`, { ...PERSON, nps: "3", comment: "slow" });
    const { stamp = "", lang = "" } = hiddenFields(thanks.text);
    const id = String((await responsesOf(mine))[0]?.id);
    return { id, survey: mine, token: stamp, own: { path: `/s/${mine}`, fields: { stamp, lang } } };
  };
  const withStamp = ({ own }: Answered, stamp: string): Try => ({ ...own, fields: { ...own.fields, stamp } });
  const stampOf = async (path: string) => hiddenFields((await collector.get(path, {})).text).stamp ?? "";

  type Case = { name: string; status: number; by: (answered: Answered) => Promise<Try> };
  const linkCases: Case[] = [
    { name: "its own stamp", status: 200, by: async ({ own }) => own },
    {
      name: "its own stamp and the id of another response",
      status: 200,
      by: async ({ own }) => ({ ...own, fields: { ...own.fields, id: anId() } }),
    },
    { name: "no stamp", status: 422, by: async (answered) => withStamp(answered, "") },
    { name: "the response's id for a stamp", status: 422, by: async (answered) => withStamp(answered, answered.id) },
    {
      name: "another page's signature",
      status: 422,
      by: async (answered) => {
        const signature = (await stampOf(answered.own.path)).split(".")[1];
        return withStamp(answered, `${answered.token.split(".")[0]}.${signature}`);
      },
    },
    {
      name: "a stamp of another survey's page",
      status: 422,
      by: async (answered) => withStamp(answered, await stampOf(`/s/${survey}`)),
    },
    {
      name: "a stamp of an invitation's page",
      status: 422,
      by: async (answered) => withStamp(answered, await stampOf((await anInvitation(collector, answered.survey)).url)),
    },
    {
      name: "its own stamp after a week",
      status: 422,
      by: async ({ own }) => {
        collector.clock.now = NOON + 8 * DAY;
        return own;
      },
    },
    {
      name: "its own stamp after the day in which it may be changed",
      status: 410,
      by: async ({ own }) => {
        collector.clock.now = NOON + 2 * DAY;
        return own;
      },
    },
    {
      name: "its own stamp on the page of another survey",
      status: 422,
      by: async ({ own }) => ({ ...own, path: `/s/${survey}` }),
    },
  ];
  const invitationCases: Case[] = [
    { name: "its own token", status: 200, by: async ({ own }) => own },
    {
      name: "its own token and the id of another response",
      status: 200,
      by: async ({ own }) => ({ ...own, fields: { ...own.fields, id: anId() } }),
    },
    {
      name: "another invitation's token",
      status: 422,
      by: async ({ own }) => ({ ...own, path: (await anInvitation(collector, survey)).url }),
    },
    {
      name: "the token with another's signature",
      status: 404,
      by: async ({ own, token }) => {
        const { url } = await anInvitation(collector, survey);
        return { ...own, path: `${token.split(".")[0]}.${url.split(".")[1]}` };
      },
    },
    {
      name: "its own token, expired",
      status: 410,
      by: async ({ own }) => {
        collector.clock.now = NOON + 31 * DAY;
        return own;
      },
    },
    {
      name: "its own token, withdrawn",
      status: 410,
      by: async ({ own, id }) => {
        await collector.request("DELETE", `/v1/surveys/${survey}/invitations/${id}`, undefined, ADMIN);
        return own;
      },
    },
    {
      name: "its own token, whose signing key was deleted",
      status: 404,
      by: async ({ own }) => {
        await env.DB.prepare("DELETE FROM signing_keys WHERE survey_id = ?").bind(survey).run();
        return own;
      },
    },
    {
      name: "the token on the page of the survey",
      status: 422,
      by: async ({ own }) => ({ ...own, path: `/s/${survey}` }),
    },
  ];

  describe.each([
    { channel: "link", answer: linked, cases: linkCases },
    { channel: "invitation", answer: invited, cases: invitationCases },
  ])("an answer by $channel", ({ answer, cases }) => {
    it.each(cases)("sent with $name", async ({ status, by }) => {
      const answered = await answer();
      const { path, fields } = await by(answered);
      const before = await rowOf(answered.id, answered.survey);
      for (const changed of [
        { nps: "9", comment: "quick" },
        { nps: "9", comment: "" },
      ] as const) {
        collector.rows.reset();
        const reply = await sendForm(collector, path, { ...fields, ...PERSON, ...changed });
        const verdict = status === 200 ? "changed" : String(status);
        note(verdict, collector.rows.written);
        expect(reply.status).toBe(status);
        const row = await rowOf(answered.id, answered.survey);
        // An empty field on a page does not delete the comment: the earlier text stays.
        if (status === 200) expect(row).toMatchObject({ nps: 9, comment: "quick" });
        else expect([row, collector.rows.written]).toEqual([before, 0]);
      }
      collector.clock.now = NOON;
    });
  });
});

it("left no refusal that wrote a row", () => {
  expect(counts.rowsWrittenByRefusals).toBe(0);
  // Each channel, sender and act; each sender with four kinds of new id; two sends in each case of a page.
  expect(counts.tried).toBe(channels.length * senders.length * acts.length + 4 * senders.length + 2 * 18);
  expect(senders).toHaveLength(keys.length * secrets.length);
});

function note(verdict: string, written: number): void {
  counts.tried++;
  if (verdict === "changed" || verdict === "kept") {
    counts[verdict]++;
    return;
  }
  counts.refused[verdict] = (counts.refused[verdict] ?? 0) + 1;
  counts.rowsWrittenByRefusals += written;
}

async function aKey(key: Key): Promise<Record<string, string>> {
  if (key === "no key") return PAGE;
  if (key === "root key") return ADMIN;
  const scope = /metrics|comments|admin/.exec(key)?.[0] ?? "write";
  const bound = key.startsWith("own") ? survey : key.startsWith("other") ? other : null;
  const expires_at = key === "expired key" ? new Date(NOON - DAY).toISOString() : null;
  collector.clock.now = NOON - 2 * DAY;
  const made = await collector.request<{ id: string; key: string }>(
    "POST",
    "/v1/keys",
    { name: key, scope, survey: bound, expires_at },
    ADMIN,
  );
  collector.clock.now = NOON;
  if (key === "revoked key") await collector.request("DELETE", `/v1/keys/${made.body.id}`, undefined, ADMIN);
  return { Authorization: `Bearer ${made.body.key}` };
}

/** Makes the response by its channel. Returns the id that every list shows. */
async function aResponseBy(channel: Channel): Promise<string> {
  const id = anId();
  if (channel === "link") {
    const visitor = crypto.randomUUID();
    await answerPage(collector, `/s/${survey}?r=${visitor}`, { ...PERSON, nps: "3", comment: "slow" });
    const row = await env.DB.prepare("SELECT id FROM responses WHERE respondent_id = ?").bind(visitor).first();
    return String(row?.id);
  }
  if (channel === "invitation") {
    const invitation = await anInvitation(collector, survey);
    await answerPage(collector, invitation.url, { ...PERSON, nps: "3", comment: "slow" });
    return invitation.id;
  }
  if (channel === "import") {
    await env.DB.prepare(
      `INSERT INTO responses (survey_id, id, created_at, day, received_at, updated_at, updated_day, nps, comment,
         comment_at, folded, channel)
       VALUES (?1, ?2, ?3, '2026-11-22', ?3, ?3, '2026-11-22', 3, 'slow', ?3, 'slow', 'import')`,
    )
      .bind(survey, id, NOON)
      .run();
    return id;
  }
  const secret = channel.startsWith("bare") ? undefined : secretOf["the secret"];
  const reply = await collector.post({ survey, id, ...ANSWER, secret }, channel.endsWith("api") ? ADMIN : PAGE);
  if (reply.status !== 201) throw new Error(reply.text);
  return id;
}

function bodyOf(act: Act) {
  if (act === "repeat") return ANSWER;
  return act === "amend" ? { nps: 9, comment: "quick" } : { comment: "" };
}

function resultOf(act: Act) {
  return act === "amend" ? { nps: 9, comment: "quick" } : { nps: 3, comment: null };
}

function send(body: object, { key, secret }: Sender): Promise<Reply> {
  return collector.post({ ...body, secret: secretOf[secret] }, headersOf.get(key));
}

function rowOf(id: string, of = survey) {
  return env.DB.prepare("SELECT * FROM responses WHERE survey_id = ? AND id = ?").bind(of, id).first();
}

async function traces(response: string): Promise<number> {
  const { results } = await env.DB.prepare("SELECT act FROM audit WHERE target = ?").bind(response).all();
  return results.length;
}
