import { expect, it } from "vitest";
import { surviveKills } from "../support/kills.ts";

it("keeps what it acknowledged once, with counters and messages that agree, through five kill -9 in mid-load", async () => {
  const survived = await surviveKills(5, 120);
  expect(survived.cutOff).toBeGreaterThan(0);
  for (const [act, count] of Object.entries(survived.acknowledged)) expect(count, act).toBeGreaterThan(0);
  expect(survived.messages).toBeGreaterThan(50);
});
