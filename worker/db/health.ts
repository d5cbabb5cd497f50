/** The state of the database: its schema and its size. */
import { Problem } from "../problem.ts";
import { migrations } from "./migrations.ts";
import { statement } from "./statement.ts";
import type { Store } from "./store.ts";

const sql = {
  listApplied: statement(`SELECT name FROM d1_migrations ORDER BY id`),
};

export type DatabaseHealth = {
  /** The newest applied migration. */
  schema: string;
  /** The migrations that this version needs and that were not applied, in order. */
  missing: string[];
  bytes: number;
};

/** The schema and the size of the database in bytes. Throws `not_ready` before the first migration. */
export async function checkHealth(store: Store): Promise<DatabaseHealth> {
  const applied = await listApplied(store);
  return { schema: applied.at(-1) ?? "none", missing: missingFrom(applied), bytes: await store.size() };
}

/** Databases that were found to have every migration. A schema only grows, so each is checked until it is complete. */
const complete = new WeakSet<object>();

/**
 * Throws `not_ready`, which names the missing migrations, while the schema is older than this version: an act of several
 * steps must not stop at the first step that the old schema does not allow. `database` is the object by which this isolate
 * remembers a database that is complete.
 */
export async function mustBeMigrated(store: Store, database: object): Promise<void> {
  if (complete.has(database)) return;
  const missing = missingFrom(await listApplied(store));
  if (missing.length > 0) throw new Problem("not_ready", { detail: lacking(missing) });
  complete.add(database);
}

/** The sentence that tells an operator which migrations are missing. */
export function lacking(missing: readonly string[]): string {
  return `The database lacks ${missing.join(", ")}: run the migrations (\`npm run deploy\` does).`;
}

async function listApplied(store: Store): Promise<string[]> {
  return (await store.all<{ name: string }>(sql.listApplied())).map(({ name }) => name);
}

/** A schema that is newer than this version has all it needs: migrations go forward only. */
function missingFrom(applied: readonly string[]): string[] {
  return migrations.filter((name) => !applied.includes(name));
}
