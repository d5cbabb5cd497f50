import { expect, it } from "vitest";
import { storeOf } from "../../../worker/db/store.ts";
import { Problem } from "../../../worker/problem.ts";

/** A database that fails with the given messages, one after another, and then works. */
function failing(...messages: string[]) {
  const left = [...messages];
  let calls = 0;
  const statement = {
    bind: () => statement,
    all: async () => {
      calls++;
      const message = left.shift();
      if (message !== undefined) throw new Error(message);
      return { results: [{ fine: 1 }] };
    },
  };
  const database = { prepare: () => statement } as unknown as D1Database;
  return { store: storeOf(database, async () => undefined), calls: () => calls };
}

const codeOf = async (act: Promise<unknown>) =>
  act.then(
    () => "fine",
    (error) => (error instanceof Problem ? error.code : "thrown"),
  );

it("tries a lost connection again, twice at most", async () => {
  const twice = failing("D1_ERROR: Network connection lost.", "storage caused object to be reset");
  expect(await twice.store.all({ text: "SELECT 1", params: [] })).toEqual([{ fine: 1 }]);
  expect(twice.calls()).toBe(3);
  const thrice = failing(...Array(3).fill("D1_ERROR: Network connection lost."));
  expect(await codeOf(thrice.store.all({ text: "SELECT 1", params: [] }))).toBe("overloaded");
  expect(thrice.calls()).toBe(3);
});

it("does not press an overloaded database, and says 503", async () => {
  const { store, calls } = failing("D1_ERROR: D1 DB is overloaded. Too many requests queued.");
  expect(await codeOf(store.all({ text: "SELECT 1", params: [] }))).toBe("overloaded");
  expect(calls()).toBe(1);
});

it.each([
  "D1_ERROR: Exceeded maximum DB size",
  "D1_ERROR: database or disk is full: SQLITE_FULL",
  "D1_ERROR: Exceeded maximum database size.",
])("says of a database without room that it is full, and asks once: %s", async (message) => {
  const { store, calls } = failing(message);
  expect(await codeOf(store.all({ text: "SELECT 1", params: [] }))).toBe("database_full");
  expect(calls()).toBe(1);
});

it("names a missing schema", async () => {
  expect(await codeOf(failing("D1_ERROR: no such table: surveys").store.all({ text: "SELECT 1", params: [] }))).toBe(
    "not_ready",
  );
});

it("lets a bug be a bug", async () => {
  expect(await codeOf(failing('near "SELEC": syntax error').store.all({ text: "SELEC", params: [] }))).toBe("thrown");
});
