import { expect, it } from "vitest";
import { isolateCache } from "../../worker/isolate-cache.ts";

it("gives back what was kept last, and nothing once it is deleted", () => {
  const cache = isolateCache<number>(2);
  cache.set("a", 1);
  cache.set("a", 2);
  expect(cache.get("a")).toBe(2);
  cache.delete("a");
  expect(cache.get("a")).toBeUndefined();
});

it("makes a value once", () => {
  const cache = isolateCache<number[]>(2);
  const made = cache.getOrMake("a", () => []);
  expect(cache.getOrMake("a", () => [1])).toBe(made);
});

it("never holds more than it may, and replaces a value without forgetting the others", () => {
  const cache = isolateCache<number>(2);
  const held = () => ["a", "b", "c"].filter((key) => cache.get(key) !== undefined);
  cache.set("a", 1);
  cache.set("b", 1);
  cache.set("b", 2);
  expect(held()).toEqual(["a", "b"]);
  cache.getOrMake("c", () => 1);
  expect(held()).toEqual(["c"]);
});
