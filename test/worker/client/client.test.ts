/** The package for teams in workerd, against the collector itself; what the network does to it is put between. */
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import type { ImportLine } from "../../../client/index.ts";
import { newResponseId, Vidhuk, VidhukError } from "../../../client/index.ts";
import type { Options } from "../../../client/transport.ts";
import type { ResponseItem } from "../../../shared/schema/comment.ts";
import { requestBoundMs } from "../../../worker/db/store.ts";
import { aCollector, anId, aResponse, HOUR, NOON } from "../support/collector.ts";

const collector = aCollector();
let id: string;
let fetched: string[];
/** What the network makes of the next requests, one after the other; undefined lets one pass. */
let network: (((request: Request) => Response | Promise<Response>) | undefined)[];

const through: typeof fetch = async (input, init) => {
  const request = new Request(input as RequestInfo, init);
  const url = new URL(request.url);
  fetched.push(`${request.method} ${url.pathname}${url.search}`);
  const change = network.shift();
  return change ? change(request) : pass(request);
};
const pass = collector.fetch;
const client = (options: Partial<Options> = {}) =>
  new Vidhuk({ url: "https://feedback.example/", key: "test-admin-token", fetch: through, ...options });

beforeAll(async () => {
  id = await collector.makeSurvey({ name: "Team", segments: ["plan"] });
  for (let index = 0; index < 25; index++)
    await collector.post(
      aResponse(id, {
        id: anId(NOON - index * 1000),
        nps: index % 11,
        comment: index % 2 ? `two\r\n"lines" ${index}\n` : `plain ${index}`,
        properties: { plan: index % 3 ? "pro" : "free" },
      }),
    );
});

/** How long was waited for, in ms; the waits themselves are a hundred times shorter. */
let waits: number[];

beforeEach(() => {
  fetched = [];
  network = [];
  waits = [];
  const real = setTimeout;
  vi.stubGlobal("setTimeout", (run: () => void, ms = 0) => {
    // The collector's own, for it runs in the same isolate.
    if (ms === requestBoundMs) return real(run, ms);
    waits.push(ms);
    return real(run, ms / 100);
  });
});

afterEach(() => {
  vi.unstubAllGlobals();
});

async function all<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const found: Item[] = [];
  for await (const item of items) found.push(item);
  return found;
}

const refusal =
  (status: number, headers: Record<string, string> = {}) =>
  () =>
    new Response("busy", { status, headers });
const lost = () => Promise.reject(new TypeError("fetch failed"));

describe("the client", () => {
  it("reads figures, topics, surveys and the state", async () => {
    const survey = client().survey(id);
    const metrics = await survey.metrics({ group_by: "plan", rolling: 30, interval: "week" });
    expect(metrics.nps?.responses).toBe(25);
    expect(metrics.groups?.map(({ value }) => value)).toEqual(["pro", "free"]);
    expect((await client().metrics({ survey: [id] })).responses).toBe(25);
    expect((await survey.topics({ suggest: 0 })).comments).toBe(25);
    expect((await client().topics({ survey: id })).responses).toBe(25);
    expect(metrics.cases?.unhappy).toBe(17);
    expect(await survey.assignees()).toEqual([]);
    expect((await survey.read()).name).toBe("Team");
    expect((await all(client().surveys())).map((each) => each.id)).toContain(id);
    expect((await client().status()).surveys).toBeGreaterThan(0);
  });

  it("goes through all pages of comments, and gives one page where asked", async () => {
    const comments = client().survey(id).comments({ limit: 10, max_score: 6 });
    expect((await all(comments)).every(({ nps }) => nps! <= 6)).toBe(true);
    expect(fetched).toHaveLength(2);
    const first = await comments.page();
    const second = await comments.page(first.next);
    expect([...first.items, ...second.items].map((each) => each.id)).toEqual(
      (await all(comments)).map((each) => each.id),
    );
  });

  it("tags, erases, invites, withdraws, unsubscribes and asks again", async () => {
    const vidhuk = client();
    const survey = await vidhuk.makeSurvey({ name: "Acts" });
    const own = vidhuk.survey(survey.id);
    const sent = { survey: survey.id, id: newResponseId(NOON), nps: 3, comment: "words", respondent: { id: "ann/ö" } };
    expect((await vidhuk.send(sent)).id).toBe(sent.id);
    expect(await own.changeResponse(sent.id, { tags: ["call"], status: "resolved" })).toMatchObject({ tags: ["call"] });
    expect((await own.response(sent.id)).comment).toBe("words");
    const people = { respondents: [{ id: "bob" }] };
    const [invited] = (await own.invite(people, { mailing: "autumn" })).invitations;
    expect((await own.invite(people, { mailing: "autumn" })).invitations[0]?.url).toBe(invited?.url);
    expect((await own.invitation(invited!.id)).state).toBe("open");
    await own.revokeInvitation(invited!.id);
    expect((await own.invitation(invited!.id)).state).toBe("revoked");
    await vidhuk.unsubscribe("carl", { survey: survey.id });
    expect(await all(vidhuk.unsubscribes({ survey: survey.id }))).toMatchObject([{ respondent: "carl" }]);
    await vidhuk.resubscribe("carl", { survey: survey.id });
    expect(await all(vidhuk.unsubscribes({ survey: survey.id }))).toEqual([]);
    expect((await vidhuk.person("ann/ö")).items).toHaveLength(1);
    await own.eraseResponse(sent.id, { score: "drop" });
    await expect(own.response(sent.id)).rejects.toMatchObject({ code: "erased", status: 410 });
    expect(await vidhuk.erasePerson("bob")).toMatchObject({ responses: 0 });
    const { updated_at } = await own.change({ brand: "Shop" });
    await own.change({ brand: "Stall" }, { since: updated_at });
    await expect(own.change({ brand: "Booth" }, { since: updated_at })).rejects.toMatchObject({ code: "conflict" });
    await own.delete();
    await expect(own.read()).rejects.toMatchObject({ code: "unknown_survey" });
  });

  it("hears figures and comments, and goes on behind the last one where the stream was cut", async () => {
    const own = await collector.makeSurvey();
    const heard: unknown[] = [];
    const cut = async (request: Request) => {
      const reply = await pass(request);
      const text = await new Response(reply.body!.pipeThrough(untilFirstEvent())).text();
      return new Response(text, reply);
    };
    network = [cut, cut];
    for await (const { type, data } of client().survey(own).live()) {
      heard.push(type === "comment" ? data.comment : type);
      if (heard.length === 1) await collector.post(aResponse(own, { nps: 9, comment: "while away" }));
      if (heard.includes("while away")) break;
    }
    expect(heard[0]).toBe("metrics");
    expect(fetched.length).toBeGreaterThan(1);
  }, 20_000);
});

describe("an import", () => {
  const line = (index: number, fields: object = {}): ImportLine => ({
    id: String(index),
    created_at: new Date(NOON - (index + 1) * HOUR).toISOString(),
    nps: index % 11,
    ...fields,
  });
  async function* source(count: number, fields: (index: number) => object = () => ({})) {
    for (let index = 0; index < count; index++) yield line(index, fields(index));
  }

  it("is sent in parts, each again where its reply was lost, and stores each line once", async () => {
    const own = client().survey(await collector.makeSurvey());
    const storedThenLost = async (request: Request) => {
      await pass(request);
      return lost();
    };
    network = [undefined, storedThenLost, refusal(503)];
    const told: number[] = [];
    const done = await own.import(source(1100), { source: "old", onPart: ({ lines }) => told.push(lines) });
    expect(done).toMatchObject({ lines: 1100, created: 600, repeated: 500, refused_total: 0, complete: true });
    expect([done.before?.responses, done.after?.responses]).toEqual([0, 1100]);
    expect(told).toEqual([500, 1000, 1100]);
    expect((await own.import([line(3)], { source: "old" })).repeated).toBe(1);
    expect(await all(own.responses())).toHaveLength(1100);
  }, 30_000);

  it("ends at the first part with a refused line, which is named by its number among all", async () => {
    const own = client().survey(await collector.makeSurvey());
    const bad = (index: number) => (index === 502 ? { nps: 11 } : {});
    const dry = await own.import(source(600, bad), { dryRun: true });
    expect(dry).toMatchObject({ lines: 600, refused: [{ line: 503 }], refused_total: 1, complete: true });
    expect(await own.import(source(600, bad))).toMatchObject({ created: 500, refused_total: 1, complete: false });
    const done = await own.import(source(600, bad), { skipInvalid: true });
    expect(done).toMatchObject({ repeated: 500, created: 99, after: { responses: 599 } });
    // What the dry run said of its parts together has come about.
    expect(dry.after).toEqual(done.after);
    await expect(own.import([line(1)], { source: "x".repeat(50) })).rejects.toMatchObject({ code: "invalid" });
    expect(await own.import([])).toMatchObject({ lines: 0, before: null });
  }, 30_000);
});

/** Ends a stream of events behind its first one. */
function untilFirstEvent(): TransformStream<Uint8Array, Uint8Array> {
  return new TransformStream({
    transform(part, controller) {
      controller.enqueue(part);
      if (new TextDecoder().decode(part).includes("event:")) controller.terminate();
    },
  });
}

describe("an export", () => {
  /** The reply without the end of its body, as a proxy hands on what was cut. */
  const cutAfter = (bytes: number) => async (request: Request) => {
    const reply = await pass(request);
    return new Response((await reply.arrayBuffer()).slice(0, bytes), reply);
  };
  /** The reply, its body broken off with an error. */
  const brokenAfter = (bytes: number) => async (request: Request) => {
    const reply = await pass(request);
    const whole = new Uint8Array(await reply.arrayBuffer());
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        controller.enqueue(whole.slice(0, bytes));
        controller.error(new Error("reset"));
      },
    });
    return new Response(body, reply);
  };

  it("gives every response once, and the CSV as it is, however often it is cut", async () => {
    const items = (await collector.get<{ items: ResponseItem[] }>(`/v1/surveys/${id}/responses?limit=100`)).body.items;
    const csv = await (await pass(new Request(`https://x/v1/surveys/${id}/responses`, asCsv))).arrayBuffer();
    const whole = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(csv);
    for (const change of [undefined, cutAfter(700), brokenAfter(900), lost, refusal(503)]) {
      network = [change];
      expect(await all(client().survey(id).responses())).toEqual(items);
      network = [change];
      expect((await all(client().survey(id).csv())).join("")).toBe(whole);
    }
  }, 20_000);

  it("asks for smaller parts where one is too much for the collector, and follows them to the end", async () => {
    const tooMuch = async (request: Request) =>
      Number(new URL(request.url).searchParams.get("limit")) > 10 ? refusal(503)() : pass(request);
    network = Array.from({ length: 20 }, () => tooMuch);
    const seen = await all(client({ retries: 0 }).survey(id).responses({ exclude: "excluded" }));
    expect(new Set(seen.map((each) => each.id)).size).toBe(25);
    expect(fetched.map((each) => /limit=(\d+)/.exec(each)?.[1])).toEqual(["1000", "100", "10", "10", "10"]);
  });

  it("stops where the columns of the CSV change on the way", async () => {
    const renamed = async (request: Request) => {
      const reply = await pass(request);
      return new Response(reply.body, {
        headers: { ...Object.fromEntries(reply.headers), "Vidhuk-Columns": "others" },
      });
    };
    network = [refusal(503), refusal(503), undefined, renamed];
    await expect(all(client({ retries: 0 }).survey(id).csv())).rejects.toMatchObject({ code: "conflict" });
  });

  it("gives what changed since an instant, and one page's worth of memory at a time", async () => {
    const changed = client()
      .survey(id)
      .responses({ updated_since: new Date(NOON - HOUR) });
    expect(await all(changed)).toHaveLength(25);
  });
});

const asCsv = { headers: { Authorization: "Bearer test-admin-token", Accept: "text/csv" } };

describe("a call that fails", () => {
  it.each([
    ["no reply", lost, "network", 0],
    ["503", refusal(503), "not_vidhuk", 503],
    ["429", refusal(429, { "Retry-After": "0" }), "rate_limited", 429],
  ])("by %s is sent again, and told where it fails again", async (_, change, code, status) => {
    network = [change];
    expect((await client().survey(id).read()).id).toBe(id);
    network = [change, change];
    const failed = client({ retries: 1 }).survey(id).read();
    await expect(failed).rejects.toThrow(VidhukError);
    await expect(failed).rejects.toMatchObject({ code, status });
  });

  it("is not sent again where it may be done twice, but for 429, which did nothing", async () => {
    network = [refusal(503)];
    await expect(client().makeSurvey({ name: "Once" })).rejects.toMatchObject({ status: 503 });
    network = [lost];
    await expect(client().makeSurvey({ name: "Once" })).rejects.toMatchObject({ code: "network" });
    network = [refusal(429)];
    expect((await client().makeSurvey({ name: "Once" })).name).toBe("Once");
    expect(fetched).toHaveLength(4);
  });

  it("names what is wrong, and is not sent again for it", async () => {
    const failed = await client()
      .survey(id)
      .metrics({ from: "yesterday" })
      .catch((error: unknown) => error);
    expect(failed).toMatchObject({ code: "invalid", status: 422, retryAfter: null, name: "VidhukError" });
    expect((failed as VidhukError).errors).toEqual([
      { pointer: "/from", detail: expect.stringContaining("calendar day") },
    ]);
    expect(fetched).toHaveLength(1);
  });

  it("waits as long as it is told, and gives up where that is too long", async () => {
    network = [refusal(503, { "Retry-After": "3600" })];
    await expect(client().survey(id).read()).rejects.toMatchObject({ retryAfter: 3600 });
    expect(fetched).toHaveLength(1);
    network = [refusal(429, { "Retry-After": "1" })];
    waits = [];
    await client().survey(id).read();
    expect(waits).toContain(1000);
    network = [lost, lost, lost, lost];
    waits = [];
    await client({ timeoutMs: 77_777 }).survey(id).read();
    const pauses = waits.filter((ms) => ms !== 77_777);
    expect(pauses).toHaveLength(4);
    for (const [index, ms] of pauses.entries()) {
      expect(ms).toBeGreaterThanOrEqual(250 * 2 ** index);
      expect(ms).toBeLessThanOrEqual(500 * 2 ** index);
    }
  });

  it("ends after its time, and at once by the caller's signal with its reason", async () => {
    const never = (request: Request) =>
      new Promise<Response>((_, reject) =>
        request.signal.addEventListener("abort", () => reject(request.signal.reason)),
      );
    network = [never];
    const late = client({ timeoutMs: 5000, retries: 0 }).survey(id).read();
    await expect(late).rejects.toMatchObject({ code: "timeout" });
    network = [refusal(503)];
    const reason = new Error("no longer wanted");
    const controller = new AbortController();
    const ended = client().survey(id).read({ signal: controller.signal });
    controller.abort(reason);
    await expect(ended).rejects.toBe(reason);
  });

  it("counts what was deleted by a call whose reply was lost as deleted", async () => {
    const own = await collector.makeSurvey();
    const deletedThenLost = async (request: Request) => {
      await pass(request);
      return lost();
    };
    network = [deletedThenLost];
    await client().survey(own).delete();
    await expect(client().survey(own).delete()).rejects.toMatchObject({ code: "unknown_survey" });
  });
});
