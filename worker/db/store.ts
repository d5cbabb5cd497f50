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

/** The database that holds a survey. Today there is one; undefined where none is bound, as before a first deploy. */
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

/** Bytes that the database takes on the disk. */
export async function sizeOf(database: D1Database | undefined): Promise<number> {
  const { meta } = await withRetries(async () => bound(database).prepare("SELECT 1").run(), sleep);
  return Number(meta.size_after ?? 0);
}

function bound(database: D1Database | undefined): D1Database {
  if (database) return database;
  const detail = "No database is bound to the Worker as `DB`: deploy it with its wrangler.toml.";
  throw new Problem("not_ready", { detail });
}

/** D1's own words for failures after which the statement may be sent again; it never retries writes itself. */
const TRANSIENT =
  /Network connection lost|caused object to be reset|reset because its code was updated|transient issue/i;
/** Its words, and SQLite's, for a database that cannot take the statement now, and would not at once after. */
const OVERLOADED =
  /overloaded|too many requests queued|exceeded.*(daily|limit)|D1_EXCEEDED|limit.*exceeded|and was reset|before EOF|is locked|SQLITE_BUSY|SQLITE_LOCKED|SQLITE_IOERR|SQLITE_INTERRUPT|client disconnected|timed? ?out/i;
/** Its words for a database that is not there, and SQLite's for a schema that is older than the statement. */
const ABSENT =
  /no such (table|column)|has no column named|could(n't| not) find a D1 DB|D1 DB .*(not found|does not exist)/i;
/** SQLite's words for a full disk, and D1's for a database that has reached the most that the plan allows. */
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
