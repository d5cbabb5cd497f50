/**
 * The one way to D1. Every statement runs through here, so that retries, overload and a missing schema are dealt with
 * once, and so that a survey can one day live in another database than its neighbour.
 */
import { Problem } from "../problem.ts";
import type { Query } from "./statement.ts";

export type Store = {
  /** Runs one statement and gives its rows. Only idempotent statements may be sent: a lost connection is tried again. */
  all<Row>(query: Query): Promise<Row[]>;
  /** The same for the first row, or null. */
  first<Row>(query: Query): Promise<Row | null>;
  /** Runs several statements as one transaction in one round trip. */
  batch(queries: readonly Query[]): Promise<unknown[][]>;
};

/** The database that holds a survey. Today there is one. */
export function storeOf(database: D1Database, pause: (ms: number) => Promise<unknown> = sleep): Store {
  const prepare = ({ text, params }: Query) => database.prepare(text).bind(...params);
  const all = async <Row>(query: Query): Promise<Row[]> =>
    (await insisting(() => prepare(query).all<Row>(), pause)).results;
  return {
    all,
    first: async <Row>(query: Query) => (await all<Row>(query))[0] ?? null,
    batch: async (queries) => {
      const results = await insisting(() => database.batch(queries.map(prepare)), pause);
      return results.map((each) => each.results);
    },
  };
}

/** D1's own words for failures after which the statement may be sent again; it never retries writes itself. */
const PASSING = /Network connection lost|storage caused object to be reset|reset because its code was updated/i;
const OVERLOADED = /overloaded|too many requests queued|exceeded.*(daily|limit)|D1_EXCEEDED/i;
/** SQLite's words for a full disk, and D1's for a database that has reached the most that the plan allows. */
const FULL = /disk is full|SQLITE_FULL|exceeded maximum (db|database) size/i;
const RETRIES = 2;

async function insisting<Result>(run: () => Promise<Result>, pause: (ms: number) => Promise<unknown>): Promise<Result> {
  for (let attempt = 0; ; attempt++) {
    try {
      return await run();
    } catch (error) {
      const message = error instanceof Error ? `${error.message} ${error.cause ?? ""}` : String(error);
      if (PASSING.test(message) && attempt < RETRIES) await pause(50 * 2 ** attempt * (1 + Math.random()));
      else if (FULL.test(message)) throw new Problem("database_full");
      else if (PASSING.test(message) || OVERLOADED.test(message)) throw new Problem("overloaded");
      else if (/no such (table|column)/i.test(message)) throw new Problem("not_ready");
      else throw error;
    }
  }
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
