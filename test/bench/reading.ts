/**
 * What does reading cost at a thousand, a hundred thousand and a million responses of three years, beside a
 * straightforward GROUP BY over the raw rows? `npx vitest run --config test/bench/reading.config.ts` (READING_SIZES=1000,100000
 * for less). A round of each in turn, inside workerd on local D1; rows read are D1's own count. Every day and value is there
 * from 100,000 on; 1,000 responses lie on 1,000 of the 1,095 days.
 *
 * Last answer, 2026-11-22, 2 cores shared with four other builds (load 10: the p99 are theirs): rows read · median ms · p99 ms · bytes
 *
 *                                                  1,000              100,000                  1,000,000
 * metrics, 90 days daily                  88 ·  6 ·  99 · 36 k      93 ·   5 ·  34 · 51 k         93 ·     21 ·     80 · 53 k
 *   GROUP BY on the raw rows           1,085 ·  2 ·  71 ·  4 k 108,188 ·  40 · 119 · 121 k 1,081,792 ·  1,673 ·  2,415 · 123 k
 * 3 years monthly, 10 groups, compared 3,010 · 31 · 213 · 51 k   9,866 ·  27 · 158 · 55 k      9,866 ·     80 ·    974 · 57 k
 *   GROUP BY, without comparison       2,000 ·  9 · 137 · 88 k 200,000 · 233 · 547 · 790 k 2,000,000 · 11,450 · 14,917 · 797 k
 * one value, 3 years monthly           1,103 ·  8 · 135 · 23 k   1,537 ·  12 · 102 · 24 k      1,537 ·     47 ·    296 · 24 k
 * unchanged (304)                          1 ·  2 ·  17 ·  0         1 ·   2 ·   9 ·  0            1 ·      3 ·     24 ·  0
 * topics, 90 days                         94 ·  5 · 111 ·  2 k     154 ·   5 ·  18 ·  2 k        154 ·     15 ·    396 ·  2 k
 * topics with suggestions                154 · 11 · 137 ·  3 k     655 ·  24 · 120 ·  3 k        655 ·     89 ·    684 ·  3 k
 * 20 comments                             22 ·  4 ·  90 ·  9 k      22 ·   5 ·  28 ·  9 k         22 ·     12 ·     85 ·  9 k
 * 20 detractors' comments                 61 ·  4 · 132 ·  9 k      62 ·   4 ·  14 ·  9 k         66 ·     11 ·     73 ·  9 k
 * a search that finds nothing, a request 669 ·  8 ·  98 ·  0    10,001 ·  23 ·  76 ·  0       10,001 ·     72 ·    234 ·  0
 * live tick, nothing new                   1 ·  1 ·   9 ·  0         1 ·   1 ·  17 ·  0            1 ·      2 ·     90 ·  0
 */
import { env } from "cloudflare:workers";
import { it } from "vitest";
import { findMetricsVersion } from "../../worker/db/metrics-version.ts";
import { storeOf } from "../../worker/db/store.ts";
import { ADMIN, aCollector, NOON } from "../worker/support/collector.ts";
import { meter } from "../worker/support/meter.ts";
import { seedResponses } from "./seed-responses.ts";

declare global {
  namespace Cloudflare {
    interface Env {
      READING_SIZES: string;
    }
  }
}

type Measured = { rows: number; bytes: number; ms: number[] };

const RAW = {
  daily: `SELECT day, nps, csat, count(*) FROM responses
    WHERE survey_id = ? AND day BETWEEN '2026-08-25' AND '2026-11-22' GROUP BY day, nps, csat`,
  monthly: `SELECT substr(day, 1, 7), segments ->> 'department', nps, csat, count(*) FROM responses
    WHERE survey_id = ? AND day BETWEEN '2023-11-23' AND '2026-11-22' GROUP BY 1, 2, 3, 4`,
};

it.each(env.READING_SIZES.split(",").map(Number))("reading among %i responses", async (size) => {
  const collector = aCollector();
  const { database, rows } = meter(env.DB);
  const declared = {
    segments: ["plan", "department", "channel"],
    topics: [{ name: "Delivery", stems: ["deliver", "доставк"] }],
  };
  const survey = await collector.makeSurvey(declared);
  const began = Date.now();
  await seedResponses(env.DB, survey, declared, size, NOON);
  const seconds = (Date.now() - began) / 1000;

  const path = `/v1/surveys/${survey}`;
  const tag = (await collector.get(`${path}/metrics`)).headers.get("ETag") ?? "";
  const get =
    (query: string, headers = ADMIN as Record<string, string>) =>
    async () => {
      collector.rows.reset();
      const { text } = await collector.get(`${path}${query}`, headers);
      return { rows: collector.rows.read, bytes: new TextEncoder().encode(text).length };
    };
  const raw = (sql: string) => async () => {
    const { results, meta } = await env.DB.prepare(sql).bind(survey).all();
    return { rows: meta.rows_read, bytes: JSON.stringify(results).length };
  };
  const acts: Record<string, () => Promise<{ rows: number; bytes: number }>> = {
    "metrics, 90 days daily": get("/metrics?interval=day"),
    "  GROUP BY on the raw rows": raw(RAW.daily),
    "metrics, 3 years monthly, 10 groups, compared": get(
      "/metrics?from=2023-11-23&interval=month&rolling=90&group_by=department&compare=previous",
    ),
    "  GROUP BY on the raw rows, without comparison": raw(RAW.monthly),
    "metrics of one value, 3 years monthly": get(
      "/metrics?from=2023-11-23&interval=month&where=department:department 3",
    ),
    "metrics, unchanged (304)": get("/metrics", { ...ADMIN, "If-None-Match": tag }),
    "topics, 90 days": get("/topics?suggest=0"),
    "topics with suggestions": get("/topics"),
    "20 comments": get("/comments"),
    "a search that finds nothing, one request": get("/comments?q=nothinglikethis"),
    "20 detractors' comments": get("/comments?nps_group=detractor"),
    "live tick, nothing new": async () => {
      rows.reset();
      await findMetricsVersion(storeOf(database), survey);
      return { rows: rows.read, bytes: 0 };
    },
  };
  const measured = new Map<string, Measured>();
  const rounds = size > 500_000 ? 15 : 40;
  for (let round = -2; round < rounds; round++)
    for (const [name, act] of Object.entries(acts)) {
      if (name.startsWith("  ") && size > 500_000 && round > 3) continue;
      const start = performance.now();
      const { rows, bytes } = await act();
      const ms = performance.now() - start;
      if (round < 0) continue;
      const there = measured.get(name) ?? { rows, bytes, ms: [] };
      there.ms.push(ms);
      measured.set(name, there);
    }
  const table = Object.fromEntries(
    [...measured].map(([name, { rows, bytes, ms }]) => {
      const sorted = ms.toSorted((a, b) => a - b);
      const at = (share: number) =>
        Number(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]!.toFixed(1));
      return [name, { rows_read: rows, bytes, median_ms: at(0.5), p99_ms: at(0.99), rounds: ms.length }];
    }),
  );
  console.log(JSON.stringify({ responses: size, seeded_in_s: Math.round(seconds), ...table }, null, 1));
});
