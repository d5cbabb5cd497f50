import { expect, it } from "vitest";
import { readSource, sourceFiles } from "./sources.ts";

/** The audit log names each act by its route, so these files have paths that they do not ask for. */
const namesActs = "dashboard/views/log/audit-sentences.ts";

it("every path of the API that the dashboard asks for is written in api-paths.ts", () => {
  const files = sourceFiles(/^dashboard\/.*\.tsx?$/).filter((path) => readSource(path).includes("/v1/"));
  expect(files.filter((path) => path !== namesActs)).toEqual(["dashboard/data/api-paths.ts"]);
});
