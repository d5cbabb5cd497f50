import { describe, expect, it } from "vitest";
import { bucketFor, metricsQuery, rollingFor, spanOf } from "../../../dashboard/address/period.ts";

const today = "2026-11-22";
const read = (query: string) => spanOf(new URLSearchParams(query), today);

describe("the days of a view", () => {
  it.each([
    ["", "90d", "2026-08-25", today],
    ["period=7d", "7d", "2026-11-16", today],
    ["period=12m", "12m", "2025-11-23", today],
    ["period=nonsense", "90d", "2026-08-25", today],
    ["from=2026-01-01&to=2026-01-31", "custom", "2026-01-01", "2026-01-31"],
    ["from=2026-02-30&to=2026-03-01", "90d", "2026-08-25", today],
    ["from=2026-03-01&to=2026-01-01", "90d", "2026-08-25", today],
  ])("%j are %s from %s to %s", (query, period, from, to) => {
    expect(read(query)).toEqual({ period, from, to });
  });

  it.each([
    ["", "day", 30],
    ["period=12m", "week", 90],
    ["from=2020-01-01&to=2026-01-01", "month", 90],
    ["period=12m&interval=month&rolling=0", "month", 0],
    ["from=2020-01-01&to=2026-01-01&interval=day", "month", 90],
  ])("%j are drawn by the %s over %i days", (query, bucket, rolling) => {
    const parsed = new URLSearchParams(query);
    expect([bucketFor(parsed, read(query)), rollingFor(parsed, read(query))]).toEqual([bucket, rolling]);
  });

  it("become the collector's query", () => {
    const query = new URLSearchParams("period=7d&compare=none&where=plan:pro");
    expect(metricsQuery(query, spanOf(query, today)).toString()).toBe(
      "from=2026-11-16&to=2026-11-22&interval=day&rolling=30&where=plan%3Apro",
    );
  });
});
