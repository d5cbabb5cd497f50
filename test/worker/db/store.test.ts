import { describe, expect, it } from "vitest";
import type { After } from "../../../worker/db/store.ts";
import { jobBoundMs, limitReached, requestBoundMs, storeOf } from "../../../worker/db/store.ts";
import { Problem } from "../../../worker/problem.ts";
import { HOUR, NOON } from "../support/collector.ts";
import { promptly } from "../support/promptly.ts";

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
  return { database, store: storeOf(database, { clock: () => NOON, after: promptly }), calls: () => calls };
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

it("waits between its tries, longer each time and never twice the same", async () => {
  const waits: number[] = [];
  const after: After = (ms, then) => {
    if (ms < 1000) {
      waits.push(ms);
      then();
    }
    return () => {};
  };
  for (let time = 0; time < 20; time++) {
    const { database } = failing(...Array(3).fill("D1_ERROR: Network connection lost."));
    await codeOf(storeOf(database, { after }).all({ text: "SELECT 1", params: [] }));
  }
  for (const [at, wait] of waits.entries()) {
    const least = at % 2 ? 100 : 50;
    expect(wait).toBeGreaterThanOrEqual(least);
    expect(wait).toBeLessThan(2 * least);
  }
  expect(new Set(waits).size).toBe(40);
});

describe.each([
  ["a request", requestBoundMs, 10],
  ["a job", jobBoundMs, 30],
])("a database that never answers %s", (_, boundMs, seconds) => {
  it("is given up in time, and not asked again", async () => {
    let asked = 0;
    const never = () => {
      asked++;
      return new Promise(() => {});
    };
    const statement = { bind: () => statement, all: never, run: never };
    const database = { prepare: () => statement, batch: never } as unknown as D1Database;
    const bounds: number[] = [];
    const after: After = (ms, then) => {
      bounds.push(ms);
      queueMicrotask(then);
      return () => {};
    };
    const store = storeOf(database, { after, boundMs });
    for (const call of [
      () => store.all({ text: "SELECT 1", params: [] }),
      () => store.batch([{ text: "SELECT 1", params: [] }]),
      () => store.size(),
    ])
      await expect(call()).rejects.toMatchObject({
        code: "overloaded",
        extra: { detail: `The database has not answered within ${seconds} seconds; send the same again.` },
      });
    expect(bounds).toEqual(Array(3).fill(seconds * 1000));
    expect(asked).toBe(3);
  });
});

it("gives up a call whose connection is lost too late for another try", async () => {
  let giveUp = () => {};
  let lose = () => {};
  let asked = 0;
  const statement = {
    bind: () => statement,
    all: () => {
      asked++;
      return new Promise((_, reject) => {
        lose = () => reject(new Error("D1_ERROR: Network connection lost."));
      });
    },
  };
  const after: After = (ms, then) => {
    if (ms === requestBoundMs) giveUp = then;
    else then();
    return () => {};
  };
  const store = storeOf({ prepare: () => statement } as unknown as D1Database, { after });
  const call = codeOf(store.all({ text: "SELECT 1", params: [] }));
  await Promise.resolve();
  giveUp();
  expect(await call).toBe("overloaded");
  lose();
  await new Promise((resolve) => setTimeout(resolve));
  expect(asked).toBe(1);
});

it("leaves no timer behind", async () => {
  const running = new Set<number>();
  const after: After = (ms) => {
    running.add(ms);
    return () => void running.delete(ms);
  };
  const { database } = failing();
  await storeOf(database, { after }).all({ text: "SELECT 1", params: [] });
  expect(running.size).toBe(0);
});

describe("a daily limit of the free plan", () => {
  const text = (act: string) => `D1_ERROR: Your account has exceeded D1's free tier daily row ${act} limit. ${UPGRADE}`;

  it.each([
    ["read", "rows_read"],
    ["write", "rows_written"],
  ])("on rows to %s is named, and ends at 00:00 UTC", async (act, limit) => {
    const { database, store, calls } = failing(text(act), text(act));
    expect(limitReached(database, NOON)).toBe(null);
    await expect(store.all({ text: "SELECT 1", params: [] })).rejects.toMatchObject({
      code: "plan_limit_reached",
      extra: { retryAfterSeconds: 12 * 3600, detail: expect.stringContaining(`${act} no more rows today`) },
    });
    expect(calls()).toBe(1);
    expect(limitReached(database, NOON + 12 * HOUR - 1)).toBe(limit);
    expect(limitReached(database, NOON + 12 * HOUR)).toBe(null);
  });
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

const UPGRADE = "Upgrade to a paid plan or wait until tomorrow (midnight UTC) to continue.";

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
  ["D1_ERROR: internal error; reference = 0123456789", "overloaded"],
  ["D1_ERROR: unknown error", "overloaded"],
  ["D1_ERROR: Failed to parse body as JSON, got: <html>", "overloaded"],
  ["D1_ERROR: Exceeded maximum DB size.", "database_full"],
  ["D1_ERROR: Exceeded maximum account storage limit.", "database_full"],
  [`D1_ERROR: Your account has exceeded D1's free tier daily row read limit. ${UPGRADE}`, "plan_limit_reached"],
  [`D1_ERROR: Your account has exceeded D1's free tier daily row write limit. ${UPGRADE}`, "plan_limit_reached"],
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
