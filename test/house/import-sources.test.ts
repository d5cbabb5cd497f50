import { expect, it } from "vitest";
import { sourceNames } from "../../shared/imports/table-map.ts";
import { readSource } from "./sources.ts";

it("each product whose files are recognised stands in docs/import.md, and no other", () => {
  const named = [...readSource("docs/import.md").matchAll(/^\| `(\w+)` \|/gm)].map(([, name]) => name);
  expect(named).toEqual([...sourceNames]);
});
