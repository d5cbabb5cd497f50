import { describe, expect, it } from "vitest";
import type { RouteName } from "../../../dashboard/address/routes.ts";
import { hrefTo, matchRoute, parseAddress, prefetchedPaths, routes } from "../../../dashboard/address/routes.ts";

const found = (hash: string) => matchRoute(parseAddress(hash).path);
const asked = (hash: string) => prefetchedPaths(parseAddress(hash));

describe("an address", () => {
  it.each<[string, RouteName, object]>([
    ["", "surveys", {}],
    ["#/", "surveys", {}],
    ["#/s/srv_1", "overview", { survey: "srv_1" }],
    ["#/s/srv_1/overview", "overview", { survey: "srv_1" }],
    ["#/s/srv_1/comments?q=late", "comments", { survey: "srv_1", response: undefined }],
    ["#/s/srv_1/comments/01a2-x", "comments", { survey: "srv_1", response: "01a2-x" }],
    ["#/s/srv_1/import", "import", { survey: "srv_1" }],
    ["#/s/srv_1/settings", "settings", { survey: "srv_1", section: undefined }],
    ["#/s/srv_1/settings/keys", "settings", { survey: "srv_1", section: "keys" }],
    ["#/together?surveys=a,b", "combined", {}],
    ["#/new", "firstRun", { survey: undefined, step: undefined }],
    ["#/new/srv_1/look", "firstRun", { survey: "srv_1", step: "look" }],
    ["#/person/a%2Fb%3F%20%D1%97", "person", { person: "a/b? ї" }],
    ["#/person/100%", "person", { person: "100%" }],
    ["#/from-file/srv_1", "fromFile", { survey: "srv_1" }],
    ["#/log", "log", {}],
  ])("%s leads to %s", (hash, name, params) => {
    expect(found(hash)).toEqual({ name, params });
  });

  it.each(["#/nowhere", "#/s", "#/s/srv_1/nowhere", "#/log/more", "#/s/srv_1/settings/keys/more", "#/S/srv_1"])(
    "%s leads nowhere",
    (hash) => {
      expect(found(hash)).toBeNull();
    },
  );

  it("is written as it is read, for every view and whatever it names", () => {
    const text = "ї/ %&?#=+😀";
    for (const name of Object.keys(routes) as RouteName[]) {
      const named = [...routes[name].pattern.matchAll(/:(\w+)/g)].map(([, param = ""]) => param);
      const params = Object.fromEntries(named.map((param) => [param, `${param} ${text}`]));
      const hash = hrefTo(name, params as never, { q: text });
      expect(found(hash)).toEqual({ name, params });
      expect(parseAddress(hash).query.get("q")).toBe(text);
    }
  });
});

describe("before its code is here", () => {
  it.each([
    ["#/", ["/v1/surveys?limit=50"]],
    ["#/s/srv_1", ["/v1/surveys/srv_1", "/v1/surveys/srv_1/metrics?interval=day&rolling=30&compare=previous"]],
    ["#/s/srv_1?period=7d", ["/v1/surveys/srv_1"]],
    ["#/s/srv_1/comments", ["/v1/surveys/srv_1", "/v1/surveys/srv_1/comments?limit=20"]],
    ["#/s/srv_1/comments?q=late", ["/v1/surveys/srv_1"]],
    ["#/s/srv_1/comments/01a2", ["/v1/surveys/srv_1", "/v1/surveys/srv_1/responses/01a2"]],
    ["#/s/srv_1/settings/keys", ["/v1/surveys/srv_1"]],
    ["#/new/srv_1/try", ["/v1/surveys/srv_1"]],
    ["#/new", []],
    ["#/person/anna", []],
    ["#/nowhere", []],
  ])("the view at %s asks for %j", (hash, paths) => {
    expect(asked(hash)).toEqual(paths);
  });
});
