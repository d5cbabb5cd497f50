/**
 * The only access to D1. Every statement runs through this file, so that retries, overload and a missing schema are handled in
 * one place, and so that surveys could be stored in several databases one day.
 */
import { Problem } from "../problem.ts";
import type { Query } from "./statement.ts";

export type Store = {
  /** Runs one statement and returns its rows. The statement must be idempotent: after a lost connection it is sent again. */
  all<Row>(query: Query): Promise<Row[]>;
  /** The same for the first row, or null. */
  first<Row>(query: Query): Promise<Row | null>;
  /** Runs several statements as one transaction in one round trip. */
  batch(queries: readonly Query[]): Promise<unknown[][]>;
};

/** The store over a database. `database` is undefined where none is bound, as before the first deploy. */
export function storeOf(database: D1Database | undefined, pause: (ms: number) => Promise<unknown> = sleep): Store {
  const prepare = ({ text, params }: Query) =>
    bound(database)
      .prepare(text)
      .bind(...params);
  const all = async <Row>(query: Query): Promise<Row[]> =>
    (await withRetries(async () => prepare(query).all<Row>(), pause)).results;
  return {
    all,
    first: async <Row>(query: Query) => (await all<Row>(query))[0] ?? null,
    batch: async (queries) => {
      const results = await withRetries(async () => bound(database).batch(queries.map(prepare)), pause);
      return results.map((each) => each.results);
    },
  };
}

/** The size of the database in bytes. */
export async function sizeOf(database: D1Database | undefined): Promise<number> {
  const { meta } = await withRetries(async () => bound(database).prepare("SELECT 1").run(), sleep);
  return Number(meta.size_after ?? 0);
}

function bound(database: D1Database | undefined): D1Database {
  if (database) return database;
  const detail = "No database is bound to the Worker as `DB`: deploy it with its wrangler.toml.";
  throw new Problem("not_ready", { detail });
}

/** D1's messages for failures after which a statement may be sent again. D1 itself never retries writes. */
const TRANSIENT =
  /Network connection lost|caused object to be reset|reset because its code was updated|transient issue/i;
/** Messages of D1 and SQLite for a database that cannot run the statement now, nor a moment later. */
const OVERLOADED =
  /overloaded|too many requests queued|exceeded.*(daily|limit)|D1_EXCEEDED|limit.*exceeded|and was reset|before EOF|is locked|SQLITE_BUSY|SQLITE_LOCKED|SQLITE_IOERR|SQLITE_INTERRUPT|client disconnected|timed? ?out/i;
/** Messages of D1 for a database that does not exist, and of SQLite for a schema that is older than the statement. */
const ABSENT =
  /no such (table|column)|has no column named|could(n't| not) find a D1 DB|D1 DB .*(not found|does not exist)/i;
/** Messages of SQLite for a full disk, and of D1 for a database that has reached the size that the plan allows. */
const FULL = /disk is full|SQLITE_FULL|exceeded maximum (db|database) size/i;
const RETRIES = 2;

async function withRetries<Result>(
  run: () => Promise<Result>,
  pause: (ms: number) => Promise<unknown>,
): Promise<Result> {
  for (let attempt = 0; ; attempt++) {
    try {
      return await run();
    } catch (error) {
      const message = error instanceof Error ? `${error.message} ${error.cause ?? ""}` : String(error);
      if (TRANSIENT.test(message) && attempt < RETRIES) await pause(50 * 2 ** attempt * (1 + Math.random()));
      else if (FULL.test(message)) throw new Problem("database_full");
      else if (TRANSIENT.test(message) || OVERLOADED.test(message)) throw new Problem("overloaded");
      else if (ABSENT.test(message)) throw new Problem("not_ready");
      else throw error;
    }
  }
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
