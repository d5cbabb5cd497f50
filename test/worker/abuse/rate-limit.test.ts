import { env } from "cloudflare:workers";
import { expect, it } from "vitest";
import { findSaltOfDay, rotateSalts } from "../../../worker/db/salts.ts";
import { storeOf } from "../../../worker/db/store.ts";
import { networkOf } from "../../../worker/http/rate-limit.ts";
import { aCollector, aResponse, DAY, NOON } from "../support/collector.ts";

const store = storeOf(env.DB);

async function salts(): Promise<Record<string, string>> {
  const { results } = await env.DB.prepare("SELECT day, salt FROM salts").all<{ day: string; salt: string }>();
  return Object.fromEntries(results.map(({ day, salt }) => [day, salt]));
}

it("addresses are hashed with a salt of the day, made by chance and destroyed the day after", async () => {
  const first = await findSaltOfDay(store, NOON);
  expect(await salts()).toEqual({ "2026-11-22": first });
  expect(await findSaltOfDay(store, NOON + 1)).toBe(first);
  const second = await findSaltOfDay(store, NOON + DAY);
  expect(second).not.toBe(first);
  await rotateSalts(store, NOON + DAY);
  expect(Object.keys(await salts())).toEqual(["2026-11-23", "2026-11-24"]);
  expect(await salts()).toMatchObject({ "2026-11-23": second });
});

it("two isolates that ask at once get the same salt", async () => {
  const made = await Promise.all([1, 2, 3].map(() => findSaltOfDay(store, NOON + 9 * DAY)));
  expect(new Set(made).size).toBe(1);
});

it.each([
  ["203.0.113.9", "203.0.113.9"],
  ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2"],
  ["2001:db8:1:2::1", "2001:db8:1:2"],
  ["2001:0DB8:0001:0002:ffff::", "2001:db8:1:2"],
  ["2001:db8::1", "2001:db8:0:0"],
  ["::1", "0:0:0:0"],
  ["", ""],
])("the network of %s is %s", (address, network) => {
  expect(networkOf(address)).toBe(network);
});

// The platform's minutes are of the wall clock: on a slow machine a flood may reach into the next.
const slow = { timeout: 60_000, retry: 2 };

it("one household's flood is refused, flagged before that, and no part of what others may send", slow, async () => {
  const collector = aCollector({ rateLimit: "" });
  const survey = await collector.makeSurvey();
  const from = (address: string) => ({ Origin: "https://shop.example", "CF-Connecting-IP": address });
  const statuses = [];
  for (let sent = 0; sent < 40; sent++)
    statuses.push((await collector.post(aResponse(survey), from(`2001:db8:1:2::${sent}`))).status);
  expect(statuses.filter((status) => status === 201)).toHaveLength(30);
  expect(statuses.filter((status) => status === 429)).toHaveLength(10);
  const flagged = await env.DB.prepare("SELECT count(*) AS n FROM responses WHERE survey_id = ? AND flags <> '[]'")
    .bind(survey)
    .first("n");
  expect(flagged).toBe(18);
  expect((await collector.post(aResponse(survey), from("2001:db8:1:3::1"))).status).toBe(201);
});

it("test responses of everybody together are braked, for no other limit holds them", slow, async () => {
  const collector = aCollector({ rateLimit: "" });
  const survey = await collector.makeSurvey();
  const statuses = [];
  for (let sent = 0; sent < 32; sent++) {
    const from = { Origin: "https://shop.example", "CF-Connecting-IP": `203.0.113.${sent}` };
    statuses.push((await collector.post(aResponse(survey, { test: true }), from)).status);
  }
  expect(statuses.filter((status) => status === 429)).toHaveLength(2);
});
