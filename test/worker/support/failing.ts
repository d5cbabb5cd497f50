import { env } from "cloudflare:workers";

export type Failing = {
  database: D1Database;
  /** Whether a call has failed, and whether what failed would write. */
  failed(): { writes: boolean } | null;
};

type How = {
  /** The number of the call, from 1. */
  at: number;
  /** Before its statements are run, or after they are committed. */
  moment: "before" | "after";
  message: string;
  /** Every call from then on fails too. */
  lasting?: boolean;
};

/** A database of which one call fails, or all calls from one on. A batch is one call. */
export function failing({ at, moment, message, lasting = false }: How): Failing {
  let calls = 0;
  let failed: { writes: boolean } | null = null;
  const guarded = async <Result>(texts: readonly string[], run: () => Promise<Result>): Promise<Result> => {
    const fails = lasting ? ++calls >= at : ++calls === at;
    if (fails) failed ??= { writes: texts.some((text) => !/^\s*SELECT\b/i.test(text)) };
    if (fails && moment === "before") throw new Error(message);
    const result = await run();
    if (fails) throw new Error(message);
    return result;
  };
  type Wrapped = { inner: D1PreparedStatement; text: string };
  const wrapped = (text: string, inner: D1PreparedStatement): D1PreparedStatement =>
    ({
      bind: (...values: unknown[]) => wrapped(text, inner.bind(...values)),
      all: () => guarded([text], () => inner.all()),
      run: () => guarded([text], () => inner.run()),
      inner,
      text,
    }) as unknown as D1PreparedStatement;
  const database = {
    prepare: (text: string) => wrapped(text, env.DB.prepare(text)),
    batch: (all: Wrapped[]) =>
      guarded(
        all.map(({ text }) => text),
        () => env.DB.batch(all.map(({ inner }) => inner)),
      ),
  } as unknown as D1Database;
  return { database, failed: () => failed };
}

/** A database whose call number `at` fails: refused before, or, after its statements are committed, without an answer. */
export function failingAt(at: number, moment: "before" | "after"): D1Database {
  const message =
    moment === "before"
      ? "D1_ERROR: D1 DB is overloaded. Too many requests queued."
      : "D1_ERROR: D1 DB storage operation exceeded timeout which caused object to be reset.";
  return failing({ at, moment, message }).database;
}

const upgrade = "Upgrade to a paid plan or wait until tomorrow (midnight UTC) to continue.";

/** What D1 and SQLite say of failures that are no bug, by what a sender is told. */
export const d1Failures = {
  /** A statement that meets one of these is sent again at once. */
  transient: [
    "D1_ERROR: Network connection lost.",
    "D1_ERROR: Internal error in D1 DB storage caused object to be reset.",
    "D1_ERROR: Internal error while starting up D1 DB storage caused object to be reset.",
    "D1_ERROR: D1 DB storage operation exceeded timeout which caused object to be reset.",
    "D1_ERROR: D1 DB reset because its code was updated.",
    "D1_ERROR: Cannot resolve D1 DB due to transient issue on remote node.",
    "D1_ERROR: Can't read from request stream because client disconnected.",
    "D1_ERROR: internal error; reference = 0123456789abcdef",
  ],
  overloaded: [
    "D1_ERROR: D1 DB is overloaded. Requests queued for too long.",
    "D1_ERROR: D1 DB is overloaded. Too many requests queued.",
    "D1_ERROR: D1 DB exceeded its CPU time limit and was reset.",
    "D1_ERROR: D1 DB's isolate exceeded its memory limit and was reset.",
    "D1_ERROR: Memory limit would be exceeded before EOF.",
    "D1_ERROR: database is locked: SQLITE_BUSY",
    "D1_ERROR: database table is locked: SQLITE_LOCKED",
    "D1_ERROR: disk I/O error: SQLITE_IOERR",
    "D1_ERROR: unknown error",
    "D1_ERROR: Failed to parse body as JSON, got: <html>",
  ],
  plan_limit_reached: [
    `D1_ERROR: Your account has exceeded D1's free tier daily row read limit. ${upgrade}`,
    `D1_ERROR: Your account has exceeded D1's free tier daily row write limit. ${upgrade}`,
  ],
  database_full: [
    "D1_ERROR: Exceeded maximum DB size.",
    "D1_ERROR: Exceeded maximum database size.",
    "D1_ERROR: Exceeded maximum account storage limit.",
    "D1_ERROR: database or disk is full: SQLITE_FULL",
  ],
  not_ready: [
    "D1_ERROR: no such table: surveys: SQLITE_ERROR",
    "D1_ERROR: no such column: filling at offset 14: SQLITE_ERROR",
    "D1_ERROR: table surveys has no column named filling: SQLITE_ERROR",
    "D1_ERROR: Couldn't find a D1 DB with the name or binding 'vidhuk'.",
  ],
} as const;
