/** What the database says of itself. */
import { Problem } from "../problem.ts";
import { migrations } from "./migrations.ts";
import { statement } from "./statement.ts";
import type { Store } from "./store.ts";
import { sizeOf } from "./store.ts";

const sql = {
  listApplied: statement(`SELECT name FROM d1_migrations ORDER BY id`),
};

export type DatabaseHealth = {
  /** The newest applied migration. */
  schema: string;
  /** Those that this version needs and the database has not had, in order. */
  missing: string[];
  bytes: number;
};

/** The schema and the size of the database in bytes. Throws `not_ready` before the first migration. */
export async function checkHealth(store: Store, database: D1Database | undefined): Promise<DatabaseHealth> {
  const applied = await listApplied(store);
  return { schema: applied.at(-1) ?? "none", missing: missingFrom(applied), bytes: await sizeOf(database) };
}

/** Stores that were found to have every migration: a schema only grows, so one look is enough. */
const complete = new WeakSet<object>();

/**
 * Throws `not_ready` and names what is missing while the schema is older than this version: an act of several steps must not
 * come to the first that the old schema cannot take. `database` tells one store from another.
 */
export async function mustBeMigrated(store: Store, database: object): Promise<void> {
  if (complete.has(database)) return;
  const missing = missingFrom(await listApplied(store));
  if (missing.length > 0) throw new Problem("not_ready", { detail: lacking(missing) });
  complete.add(database);
}

/** What an operator is told. */
export function lacking(missing: readonly string[]): string {
  return `The database lacks ${missing.join(", ")}: run the migrations (\`npm run deploy\` does).`;
}

async function listApplied(store: Store): Promise<string[]> {
  return (await store.all<{ name: string }>(sql.listApplied())).map(({ name }) => name);
}

/** A newer schema than this version's lacks nothing: migrations go forward only. */
function missingFrom(applied: readonly string[]): string[] {
  return migrations.filter((name) => !applied.includes(name));
}
