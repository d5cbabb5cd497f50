/**
 * What stands between the page and the collector may answer in the collector's place: a service worker, a proxy, a
 * firewall, the sign-in page of a Wi-Fi. An answer is delivered by the collector's receipt and refused by the
 * collector's codes; whatever else comes, it waits on the device and arrives later.
 */
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { ProblemCode } from "../../shared/problem.ts";
import { problemCodes } from "../../shared/problem.ts";
import type { ResponseBody } from "../../shared/schema/response.ts";
import { isHeldBack } from "../../widget/asking/server-eligibility.ts";
import { resend, resume } from "../../widget/saving/resend.ts";
import { finish, save } from "../../widget/saving/save.ts";
import { aCollector, aDevice, KEY, openPageOn } from "./device.ts";

const exceptions: unknown[] = [];
const note = (reason: unknown) => exceptions.push(reason);

beforeEach(() => {
  exceptions.length = 0;
  // Tries that a page puts off end with its test.
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  vi.spyOn(console, "warn").mockReturnValue();
  process.on("unhandledRejection", note);
});
afterEach(() => {
  process.off("unhandledRejection", note);
  vi.useRealTimers();
});

const settled = () => new Promise((resolve) => setImmediate(resolve));
const waiting = (device: ReturnType<typeof aDevice>) =>
  [...device.local.keys()].filter((name) => name.startsWith(`${KEY}/`));
const time = "2026-11-25T09:00:00.000Z";

/** One page on which somebody answers, and closes the card. */
async function answerOn(device: ReturnType<typeof aDevice>, collector: ReturnType<typeof aCollector>) {
  const page = openPageOn(device, collector);
  save(page, 1, { nps: 9 });
  const { id } = page.body!;
  finish(page);
  await settled();
  await resend(page);
  await settled();
  return id;
}

const statuses = [
  200, 201, 202, 203, 207, 299, 400, 401, 403, 404, 405, 409, 413, 422, 429, 451, 500, 502, 503, 511, 530,
];
const bodies: Record<string, (sent: ResponseBody) => string> = {
  "an empty text": () => "",
  "a sign-in page": () => "<!doctype html><title>Sign in to the Wi-Fi</title>",
  "half of a text": () => '{"id":"0',
  null: () => "null",
  "a number": () => "1",
  true: () => "true",
  "a word": () => '"ok"',
  "an empty list": () => "[]",
  "an empty object": () => "{}",
  "the word of a service worker": () => '{"offline":true}',
  "a firewall's JSON": () => '{"message":"Forbidden","code":1020}',
  "another product's code": () => '{"code":"ERR_BLOCKED","status":"ok"}',
  "a code that is a list": () => '{"code":["invalid"]}',
  "an id that is a number": () => JSON.stringify({ id: 7, created_at: time }),
  "an id that is an object": () => JSON.stringify({ id: { toString: 1 }, created_at: time }),
  "the receipt of another answer": ({ id }) =>
    JSON.stringify({
      id: `${id.slice(0, -6)}${id.endsWith("000000") ? "1" : "0"}00000`,
      created_at: time,
      updated_at: time,
    }),
  "what was sent": (sent) => JSON.stringify(sent),
  "what was sent, in an envelope": (sent) => JSON.stringify({ json: sent, id: "1", created_at: time }),
};
const table = Object.keys(bodies).flatMap((name) => statuses.map((status) => [name, status] as const));

test.each(table)("%s with status %i: the answer waits and the next page delivers it", async (name, status) => {
  const device = aDevice();
  const collector = aCollector();
  collector.stranger = (sent) => new Response(bodies[name]!(sent), { status });
  const id = await answerOn(device, collector);
  expect(waiting(device)).toEqual([`${KEY}/${id}`]);
  expect(collector.stored.size).toBe(0);
  collector.stranger = undefined;
  const next = openPageOn(device, collector);
  resume(next);
  await resend(next);
  expect(collector.stored.get(id)?.body.nps).toBe(9);
  expect(waiting(device)).toEqual([]);
  expect(exceptions).toEqual([]);
});

test.each([
  ["204 without a body", () => new Response(null, { status: 204 })],
  [
    "an opaque response",
    () => ({ status: 0, type: "opaque", headers: new Headers(), json: async (): Promise<unknown> => JSON.parse("") }),
  ],
  ["nothing at all", (): unknown => undefined],
  ["a mock's object", () => ({ ok: true, status: 200, json: async (): Promise<unknown> => ({}) })],
  ["an error", (): unknown => Response.error()],
] as const)("%s: the answer waits and the next page delivers it", async (_, answer) => {
  const device = aDevice();
  const collector = aCollector();
  collector.stranger = answer as () => Response;
  const id = await answerOn(device, collector);
  expect(waiting(device)).toEqual([`${KEY}/${id}`]);
  collector.stranger = undefined;
  const next = openPageOn(device, collector);
  resume(next);
  await resend(next);
  expect(collector.stored.get(id)?.body.nps).toBe(9);
  expect(exceptions).toEqual([]);
});

describe("the collector's own word", () => {
  test("a receipt under another time, for a device with a wrong clock, is a receipt", async () => {
    const device = aDevice();
    const collector = aCollector();
    collector.idOf = (id) => `019b0000-0000${id.slice(13)}`;
    await answerOn(device, collector);
    expect(waiting(device)).toEqual([]);
    expect([...collector.stored.values()].map(({ sends }) => sends)).toEqual([1]);
  });

  const final: ProblemCode[] = ["not_json", "body_too_large", "invalid", "unknown_field", "no_answer", "closed"];
  test.each(problemCodes)("%s drops the answer only where it can never be taken", async (code) => {
    const device = aDevice();
    const collector = aCollector();
    collector.stranger = () => Response.json({ code }, { status: 422 });
    const id = await answerOn(device, collector);
    expect(waiting(device)).toEqual(final.includes(code) ? [] : [`${KEY}/${id}`]);
  });
});

test.each(["99999999999", "Infinity", "1e300"])(
  "a stranger who asks to wait %s seconds causes no storm",
  async (seconds) => {
    const device = aDevice();
    const collector = aCollector();
    let sends = 0;
    collector.stranger = () => {
      sends++;
      return new Response("{}", { status: 503, headers: { "Retry-After": seconds } });
    };
    await answerOn(device, collector);
    const before = sends;
    await vi.advanceTimersByTimeAsync(60_000);
    expect(sends).toBe(before);
  },
);

test.each([
  [200, { offline: true }, true],
  [200, null, true],
  [200, { ask: false }, true],
  [200, { ask: true }, false],
  [403, { message: "Forbidden" }, true],
  [404, { code: "unknown_survey" }, false],
  [429, { code: "rate_limited" }, true],
  [503, { code: "not_ready" }, true],
] as const)("asked whether to ask, %i with %j holds the question back: %s", async (status, body, held) => {
  const collector = aCollector();
  collector.stranger = () => Response.json(body, { status });
  const page = openPageOn(aDevice(), collector);
  page.api.person = { id: "ann", token: "t" };
  expect(await isHeldBack(page)).toBe(held);
});
