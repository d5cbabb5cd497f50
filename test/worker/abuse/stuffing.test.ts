/** The small form of test/bench/stuffing.ts: a script under Chrome's name votes 0, honest visitors vote 10. */
import { env } from "cloudflare:workers";
import { expect, it } from "vitest";
import { aCollector, aResponse } from "../support/collector.ts";
import { expectRecountAgrees } from "../support/recount.ts";

const CHROME =
  "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36";
const script = { Origin: "https://shop.example", "User-Agent": CHROME };
const visitor = { ...script, "Sec-Fetch-Mode": "cors" };

async function stuff(settings: { daily_limit?: number }, attacks: number, addressOf: (n: number) => string) {
  const collector = aCollector({ rateLimit: "" });
  const survey = await collector.makeSurvey(settings);
  const honest: number[] = [];
  for (let n = 0; n < attacks; n++) {
    await collector.post(aResponse(survey, { nps: 0 }), { ...script, "CF-Connecting-IP": addressOf(n) });
    if (n % 20 === 0) {
      const from = { ...visitor, "CF-Connecting-IP": `192.0.2.${n / 20}` };
      honest.push((await collector.post(aResponse(survey, { nps: 10 }), from)).status);
    }
  }
  await expectRecountAgrees(survey);
  const { results } = await env.DB.prepare(
    "SELECT nps, flags <> '[]' AS flagged, count(*) AS n FROM responses WHERE survey_id = ? GROUP BY 1, 2",
  )
    .bind(survey)
    .all<{ nps: number; flagged: number; n: number }>();
  return { honest, stored: results };
}

// The platform's minutes are of the wall clock: on a slow machine an attack may reach into the next.
const slow = { timeout: 60_000, retry: 2 };

it("from one network: thirty a minute get in, flagged, and honest visitors notice nothing", slow, async () => {
  const { honest, stored } = await stuff({}, 100, (n) => `2001:db8:7:7::${n}`);
  expect(new Set(honest)).toEqual(new Set([201]));
  expect(stored).toEqual([
    { nps: 0, flagged: 1, n: 30 },
    { nps: 10, flagged: 0, n: 5 },
  ]);
});

it(
  "from as many addresses as posts: half a day at most, flagged, and honest visitors notice nothing",
  slow,
  async () => {
    const { honest, stored } = await stuff({ daily_limit: 60 }, 100, (n) => `198.18.0.${n}`);
    expect(new Set(honest)).toEqual(new Set([201]));
    expect(stored).toEqual([
      { nps: 0, flagged: 1, n: expect.any(Number) },
      { nps: 10, flagged: 0, n: 5 },
    ]);
  },
);
