import { expect, it } from "vitest";
import { readSource, sourceFiles } from "./sources.ts";

/** The audit log names acts by the routes that they went to; none of them is asked for there. */
const namesActs = "dashboard/views/log/audit-sentences.ts";

it("every path of the API that the dashboard asks for is written in api-paths.ts", () => {
  const files = sourceFiles(/^dashboard\/.*\.tsx?$/).filter((path) => readSource(path).includes("/v1/"));
  expect(files.filter((path) => path !== namesActs)).toEqual(["dashboard/data/api-paths.ts"]);
});
