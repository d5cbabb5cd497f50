/**
 * The only access to D1. Every statement runs through this file, so that retries, time, overload and a missing schema are
 * handled in one place, and so that surveys could be stored in several databases one day.
 */
import { Problem } from "../problem.ts";
import type { DailyLimit } from "./failures.ts";
import { dayEnds, isTransient, messageOf, problemOf, spentLimit } from "./failures.ts";
import type { Query } from "./statement.ts";

export type Store = {
  /**
   * Runs one statement and returns its rows. The statement must be idempotent, or be marked `once`: after a lost connection it is
   * sent again.
   */
  all<Row>(query: Query): Promise<Row[]>;
  /** The same for the first row, or null. */
  first<Row>(query: Query): Promise<Row | null>;
  /** Runs several statements as one transaction in one round trip. */
  batch(queries: readonly Query[]): Promise<unknown[][]>;
  /** The size of the database in bytes. */
  size(): Promise<number>;
  /** Whether a call was sent again after its connection was lost: what it then did not find, it may have changed itself. */
  hasSentAgain(): boolean;
};

/** Calls `then` after `ms` milliseconds, unless the function that it returns is called before. */
export type After = (ms: number, then: () => void) => () => void;

export type Timing = {
  clock?: () => number;
  after?: After;
  /** How long a call may take before it is given up, in ms, the pauses between its tries included. */
  boundMs?: number;
};

/** Someone waits for a request: D1 answers within milliseconds, and a database that is busy may take a second or two. */
export const requestBoundMs = 10_000;
/** Nobody waits for a job, and D1 itself ends a query after this time. */
export const jobBoundMs = 30_000;

/**
 * The store over a database. `database` is undefined where none is bound, as before the first deploy. A call that fails throws a
 * Problem that says when to come back; it may have been stored nevertheless, as after a lost connection.
 */
export function storeOf(database: D1Database | undefined, timing: Timing = {}): Store {
  const { clock = Date.now, after = timeout, boundMs = requestBoundMs } = timing;
  let again = false;
  const onAgain = () => {
    again = true;
  };
  const call = <Result>(run: (database: D1Database) => Promise<Result>, tries = MOST_TRIES): Promise<Result> => {
    if (!database) return Promise.reject(notBound());
    const trying = { clock, after, tries, onAgain };
    return bounded(after, boundMs, (isLate) => withRetries(database, () => run(database), { ...trying, isLate }));
  };
  const prepare = (bound: D1Database, { text, params }: Query) => bound.prepare(text).bind(...params);
  const all = async <Row>(query: Query): Promise<Row[]> =>
    (await call(async (bound) => prepare(bound, query).all<Row>(), query.once && 1)).results;
  return {
    all,
    first: async <Row>(query: Query) => (await all<Row>(query))[0] ?? null,
    batch: async (queries) => {
      const results = await call(async (bound) => bound.batch(queries.map((each) => prepare(bound, each))));
      return results.map((each) => each.results);
    },
    size: async () => Number((await call(async (bound) => bound.prepare("SELECT 1").run())).meta.size_after ?? 0),
    hasSentAgain: () => again,
  };
}

function notBound(): Problem {
  const detail = "No database is bound to the Worker as `DB`: deploy it with its wrangler.toml.";
  return new Problem("not_ready", { detail });
}

/** Throws `overloaded` when `run` has not settled after `ms`; `run` can ask whether that has happened. */
async function bounded<Result>(
  after: After,
  ms: number,
  run: (isLate: () => boolean) => Promise<Result>,
): Promise<Result> {
  let late = false;
  let cancel = () => {};
  const end = new Promise<never>((_, reject) => {
    cancel = after(ms, () => {
      late = true;
      const detail = `The database has not answered within ${ms / 1000} seconds; send the same again.`;
      reject(new Problem("overloaded", { detail }));
    });
  });
  try {
    return await Promise.race([run(() => late), end]);
  } finally {
    cancel();
  }
}

const MOST_TRIES = 3;

type Trying = Required<Pick<Timing, "clock" | "after">> & {
  tries: number;
  onAgain: () => void;
  isLate: () => boolean;
};

async function withRetries<Result>(
  database: object,
  run: () => Promise<Result>,
  { clock, after, tries, onAgain, isLate }: Trying,
): Promise<Result> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await run();
    } catch (error) {
      const message = messageOf(error);
      const spent = spentLimit(message);
      if (spent) reached.set(database, { limit: spent, until: dayEnds(clock()) });
      if (!isTransient(message) || attempt >= tries || isLate()) throw problemOf(message, clock()) ?? error;
      onAgain();
      // Isolates that lost the same connection must not all come back at once.
      await new Promise<void>((resolve) => after(25 * 2 ** attempt * (1 + Math.random()), resolve));
    }
  }
}

/** Which daily limit this isolate was refused by, and until when it holds (ms). A database that refuses writes cannot keep it. */
const reached = new WeakMap<object, { limit: DailyLimit; until: number }>();

/** The limit of the free plan that this isolate has met today; null where it has met none. */
export function limitReached(database: object | undefined, now: number): DailyLimit | null {
  const met = database && reached.get(database);
  return met && now < met.until ? met.limit : null;
}

const timeout: After = (ms, then) => {
  const timer = setTimeout(then, ms);
  return () => clearTimeout(timer);
};
