/** The query plan of each hot statement, whole: an index that is dropped or a scan that creeps in shows here. */
import { env } from "cloudflare:workers";
import { beforeAll, expect, it } from "vitest";
import type { Collector } from "../support/collector.ts";
import { aCollector, aResponse } from "../support/collector.ts";

let collector: Collector;
let survey: string;

beforeAll(async () => {
  collector = aCollector();
  survey = await collector.makeSurvey();
});

/** The plans of all statements that the act ran. */
async function plansOf(act: () => Promise<unknown>): Promise<string[][]> {
  collector.rows.reset();
  await act();
  return Promise.all(
    collector.rows.statements.map(async ({ sql, params }) => {
      const { results } = await env.DB.prepare(`EXPLAIN QUERY PLAN ${sql}`)
        .bind(...params)
        .all<{ detail: string }>();
      return results.map((row) => row.detail);
    }),
  );
}

it("a tap is one statement that finds its rows by key", async () => {
  expect(await plansOf(() => collector.post(aResponse(survey)))).toEqual([
    [
      "SEARCH surveys EXISTS USING PRIMARY KEY (id=?)",
      "SCALAR SUBQUERY 2",
      "SEARCH responses USING PRIMARY KEY (survey_id=? AND id=?)",
      "CORRELATED SCALAR SUBQUERY 4",
      "SCAN json_each VIRTUAL TABLE INDEX 1:",
    ],
  ]);
});

it("metrics walk the days asked for", async () => {
  expect(await plansOf(() => collector.get(`/v1/surveys/${survey}/metrics`))).toEqual([
    ["SEARCH surveys USING PRIMARY KEY (id=?)"],
    ["SEARCH rollups USING PRIMARY KEY (survey_id=? AND segment=?)"],
    ["SEARCH rollups USING PRIMARY KEY (survey_id=? AND segment=? AND day>? AND day<?)"],
  ]);
});

it("comments walk the index of comments from the cursor on", async () => {
  expect(await plansOf(() => collector.get(`/v1/surveys/${survey}/comments`))).toEqual([
    ["SEARCH surveys USING PRIMARY KEY (id=?)"],
    ["SEARCH responses USING INDEX responses_by_comment (survey_id=? AND (comment_at,id)<(?,?))"],
  ]);
});
