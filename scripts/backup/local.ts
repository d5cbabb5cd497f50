/** Backup and restore of the database on this machine, also while `npm start` serves it. */
import { mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { statePlaces } from "../paths.ts";
import { applyMigrations, runWrangler } from "../wrangler.ts";
import { dump } from "./dump.ts";
import type { Contents } from "./file.ts";
import { BackupRefused, checkBackup, writeBackup } from "./file.ts";
import { restoreInto } from "./restore-into.ts";
import { isOlder } from "./versions.ts";

type Places = Pick<ReturnType<typeof statePlaces>, "state" | "persist">;

/** Writes the database of `places` into `file`, as of one moment. Throws `BackupRefused` where there is none. */
export async function backUpLocally(file: string, places: Places = statePlaces()): Promise<Contents> {
  const path = databaseIn(places);
  if (!path) throw new BackupRefused(`There is no database in ${places.persist} yet: \`npm start\` makes one.`);
  return withDatabase(path, (database) =>
    writeBackup(file, async (write) => {
      const at = new Date().toISOString();
      const migrations = migrationsIn(database);
      return { at, migrations, ...(await dump(database, write)) };
    }),
  );
}

/**
 * Puts the backup in `file` in the place of the database of `places`. A database that holds surveys or responses is replaced
 * only with `keptAs`, the file that it is saved in first. Throws `BackupRefused` before anything is changed.
 */
export async function restoreLocally(
  file: string,
  { keptAs }: { keptAs: string | null },
  places: Places = statePlaces(),
): Promise<Contents> {
  const contents = await checkBackup(file);
  const older = isOlder(contents.migrations);
  if (!databaseIn(places)) {
    // wrangler alone knows the name of the file that it keeps a local database in.
    mkdirSync(places.state, { recursive: true });
    const emptyOne = ["d1", "execute", "DB", "--local", "--persist-to", places.persist, "--command", "SELECT 1"];
    await runWrangler(places.state, ...emptyOne);
  }
  const path = databaseIn(places);
  if (!path) throw new Error(`wrangler has made no database in ${places.persist}`);
  const holds = await withDatabase(path, rowsOf);
  if (holds.surveys + holds.responses > 0) {
    if (keptAs === null) throw new BackupRefused(refusalOf(holds));
    await backUpLocally(keptAs, places);
  }
  await withDatabase(path, (database) => restoreInto(database, file, contents));
  if (older) await applyMigrations(places.state, places.persist);
  return contents;
}

/** Why a database that is in use is left alone. */
export function refusalOf({ surveys, responses }: { surveys: number; responses: number }): string {
  return (
    `The database holds ${surveys} surveys and ${responses} responses, which a restore would take away. Nothing was changed.\n` +
    "With `--replace` they are saved in a file of their own first, and then replaced."
  );
}

function rowsOf(database: DatabaseSync): { surveys: number; responses: number } {
  const has = (table: string) =>
    database.prepare("SELECT 1 FROM sqlite_schema WHERE name = ?").get(table) !== undefined;
  const count = (table: string) =>
    has(table) ? Number(database.prepare(`SELECT count(*) AS rows FROM "${table}"`).get()?.rows) : 0;
  return { surveys: count("surveys"), responses: count("responses") };
}

function migrationsIn(database: DatabaseSync): string[] {
  return database
    .prepare("SELECT name FROM d1_migrations ORDER BY id")
    .all()
    .map(({ name }) => String(name));
}

async function withDatabase<Result>(path: string, act: (database: DatabaseSync) => Result): Promise<Awaited<Result>> {
  const database = new DatabaseSync(path, { timeout: 10_000 });
  try {
    return await act(database);
  } finally {
    database.close();
  }
}

/** The file of the one local D1; null where there is none. */
function databaseIn({ persist }: Places): string | null {
  const folder = join(persist, "v3/d1/miniflare-D1DatabaseObject");
  const files = filesIn(folder).filter((name) => name.endsWith(".sqlite") && name !== "metadata.sqlite");
  if (files.length > 1) throw new BackupRefused(`There are several databases in ${folder}: ${files.join(", ")}`);
  return files[0] === undefined ? null : join(folder, files[0]);
}

function filesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
