import { existsSync } from "node:fs";
import { expect, it } from "vitest";
import { readSource } from "./sources.ts";

it("names only tests that are there", () => {
  const named = readSource("docs/threat-model.md").match(/`test\/[^`]+`/g) ?? [];
  expect(named.length).toBeGreaterThan(10);
  for (const each of named) expect(existsSync(each.slice(1, -1)), each).toBe(true);
});
