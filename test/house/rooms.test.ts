/** The order within the floors; floors.test.ts has the order between them. */
import { describe, expect, it } from "vitest";
import type { Sources } from "./imports.ts";
import { arrowsBetween, arrowsOf, circlesOf } from "./imports.ts";
import { readSource, sourceFiles } from "./sources.ts";

const floors = ["shared", "worker", "widget", "dashboard", "client", "scripts"];

const faults = {
  circles: (sources: Sources) => circlesOf(arrowsOf(sources)),
  fromDatabaseToHttp: (sources: Sources) =>
    arrowsBetween(arrowsOf(sources), /^worker\/db\//, /^worker\/(http|replies|routes)\//),
  fromRouteToRoute: (sources: Sources) => arrowsBetween(arrowsOf(sources), /^worker\/routes\//, /^worker\/routes\//),
};

const sourcesOf = (floor: string): Sources =>
  Object.fromEntries(sourceFiles(new RegExp(`^${floor}/.*\\.tsx?$`)).map((path) => [path, readSource(path)]));

describe.each(floors)("%s", (floor) => {
  const sources = sourcesOf(floor);

  it("is read by this test", () => {
    expect(arrowsOf(sources).length).toBeGreaterThan(Object.keys(sources).length / 2);
  });

  it("has no files that import each other in a circle", () => {
    expect(faults.circles(sources)).toEqual([]);
  });
});

it("lets no SQL know of HTTP and of replies, and no route of another", () => {
  expect(faults.fromDatabaseToHttp(sourcesOf("worker"))).toEqual([]);
  expect(faults.fromRouteToRoute(sourcesOf("worker"))).toEqual([]);
});

describe("a fault would be found", () => {
  const worker = sourcesOf("worker");
  const planted = (path: string, line: string) => ({ ...worker, [path]: `${worker[path]}\n${line}\n` });

  it.each([
    ["of a type", 'import type { Statement } from "../db/statement.ts";'],
    ["over lines", 'import {\n  type Query,\n  statement,\n} from "../db/statement.ts";'],
    ["of a file for its effect", 'import "../db/statement.ts";'],
    ["put off", 'const later = () => import("../db/statement.ts");'],
    ["passed on", 'export { statement } from "../db/statement.ts";'],
  ])("an import %s", (_, line) => {
    expect(arrowsOf(planted("worker/http/etag.ts", line))).toContainEqual({
      from: "worker/http/etag.ts",
      to: "worker/db/statement.ts",
    });
  });

  it("but none in a comment", () => {
    const line = '/* import { statement } from "../db/statement.ts"; */';
    expect(arrowsOf(planted("worker/http/etag.ts", line))).toEqual(arrowsOf(worker));
  });

  it("a circle, over a type alone too, each with its files in order", () => {
    const circle = faults.circles(planted("worker/db/statement.ts", 'import type { StoredKey } from "./keys.ts";'));
    expect(circle).toEqual(expect.arrayContaining([["worker/db/keys.ts", "worker/db/statement.ts"]]));
    expect(faults.circles({ "a.ts": 'import "./b.ts"', "b.ts": 'import "./c.ts"', "c.ts": 'import "./a.ts"' })).toEqual(
      [["a.ts", "b.ts", "c.ts"]],
    );
  });

  it("every circle of several, and one that a file makes with itself", () => {
    const sources = {
      "a.ts": 'import "./b.ts"; import "./c.ts"',
      "b.ts": 'import "./a.ts"',
      "c.ts": 'import "./a.ts"; import "./d.ts"',
      "d.ts": 'import "./d.ts"',
    };
    expect(faults.circles(sources)).toEqual([["a.ts", "b.ts"], ["c.ts", "a.ts"], ["d.ts"]]);
  });

  it("an arrow from the database up to HTTP", () => {
    const sources = planted("worker/db/keys.ts", 'import type { Guard } from "../http/auth.ts";');
    expect(faults.fromDatabaseToHttp(sources)).toEqual(["worker/db/keys.ts -> worker/http/auth.ts"]);
  });

  it("a route that imports another", () => {
    const sources = planted("worker/routes/keys.ts", 'import { surveys } from "./surveys.ts";');
    expect(faults.fromRouteToRoute(sources)).toEqual(["worker/routes/keys.ts -> worker/routes/surveys.ts"]);
  });
});
