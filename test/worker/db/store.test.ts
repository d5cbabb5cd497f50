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

/** D1's own list of errors, and SQLite's words for a database that another connection holds. */
it.each([
  ["D1_ERROR: Network connection lost.", "overloaded"],
  ["D1_ERROR: D1 DB is overloaded. Requests queued for too long.", "overloaded"],
  ["D1_ERROR: D1 DB is overloaded. Too many requests queued.", "overloaded"],
  ["D1_ERROR: D1 DB exceeded its CPU time limit and was reset.", "overloaded"],
  ["D1_ERROR: D1 DB's isolate exceeded its memory limit and was reset.", "overloaded"],
  ["D1_ERROR: Memory limit would be exceeded before EOF.", "overloaded"],
  ["D1_ERROR: D1 DB reset because its code was updated.", "overloaded"],
  ["D1_ERROR: D1 DB storage operation exceeded timeout which caused object to be reset.", "overloaded"],
  ["D1_ERROR: Internal error in D1 DB storage caused object to be reset.", "overloaded"],
  ["D1_ERROR: Internal error while starting up D1 DB storage caused object to be reset.", "overloaded"],
  ["D1_ERROR: Cannot resolve D1 DB due to transient issue on remote node.", "overloaded"],
  ["D1_ERROR: Can't read from request stream because client disconnected.", "overloaded"],
  ["D1_ERROR: Exceeded maximum DB size.", "database_full"],
  ["D1_ERROR: Exceeded maximum account storage limit.", "overloaded"],
  ["D1_ERROR: Your account has exceeded D1's daily rows read limit.", "overloaded"],
  ["D1_ERROR: database is locked: SQLITE_BUSY", "overloaded"],
  ["D1_ERROR: database table is locked: SQLITE_LOCKED", "overloaded"],
  ["D1_ERROR: disk I/O error: SQLITE_IOERR", "overloaded"],
  ["D1_ERROR: no such table: surveys: SQLITE_ERROR", "not_ready"],
  ["D1_ERROR: no such column: filling at offset 14: SQLITE_ERROR", "not_ready"],
  ["D1_ERROR: table surveys has no column named filling: SQLITE_ERROR", "not_ready"],
  ["D1_ERROR: Couldn't find a D1 DB with the name or binding 'vidhuk'.", "not_ready"],
])("%s is %s, and no bug", async (message, code) => {
  expect(await codeOf(failing(...Array(3).fill(message)).store.all({ text: "SELECT 1", params: [] }))).toBe(code);
});

it("a Worker without a database says so", async () => {
  expect(await codeOf(storeOf(undefined).all({ text: "SELECT 1", params: [] }))).toBe("not_ready");
  expect(await codeOf(storeOf(undefined).batch([{ text: "SELECT 1", params: [] }]))).toBe("not_ready");
});
