/**
 * Backup and restore of the deployed database, by wrangler. What Cloudflare exports is loaded into a database here first, so
 * that a backup has been restored once before it is called one.
 */
import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { finished } from "node:stream/promises";
import type { Wrangler } from "../deploy-steps.ts";
import { COUNTED, dump, statementsIn } from "./dump.ts";
import type { Contents } from "./file.ts";
import { BackupRefused, checkBackup, textOf, writeBackup } from "./file.ts";
import { refusalOf } from "./local.ts";
import { dropsOf, OBJECTS } from "./restore-into.ts";
import { isOlder } from "./versions.ts";

type Row = Record<string, unknown>;

/** Writes the deployed database into `file`. D1 answers nobody else while it exports. */
export async function backUpRemotely(file: string, wrangler: Wrangler): Promise<Contents> {
  return withFolder(async (folder) => {
    const exported = join(folder, "export.sql");
    const at = new Date().toISOString();
    await must(wrangler, ["d1", "export", "DB", "--remote", `--output=${exported}`, "--skip-confirmation"]);
    const database = new DatabaseSync(join(folder, "loaded.sqlite"));
    try {
      database.exec("PRAGMA journal_mode = OFF; BEGIN");
      for await (const statement of statementsIn(textOf(exported))) database.exec(statement);
      database.exec("COMMIT");
      const migrations = database
        .prepare("SELECT name FROM d1_migrations ORDER BY id")
        .all()
        .map(({ name }) => String(name));
      return await writeBackup(file, async (write) => ({ at, migrations, ...(await dump(database, write)) }));
    } finally {
      database.close();
    }
  });
}

/**
 * Puts the backup in `file` in the place of the deployed database, as `restoreLocally` does. D1 runs an imported file as a
 * whole, or not at all.
 */
export async function restoreRemotely(
  file: string,
  { keptAs }: { keptAs: string | null },
  wrangler: Wrangler,
): Promise<Contents> {
  const contents = await checkBackup(file);
  const older = isOlder(contents.migrations);
  const objects = (await query(wrangler, OBJECTS)).map(({ type, name }) => ({
    type: String(type),
    name: String(name),
  }));
  if (objects.some(({ name }) => name === "responses")) {
    const [holds] = await query(
      wrangler,
      "SELECT (SELECT count(*) FROM surveys) AS surveys, (SELECT count(*) FROM responses) AS responses",
    );
    const { surveys, responses } = { surveys: Number(holds?.surveys), responses: Number(holds?.responses) };
    if (!(surveys + responses === 0)) {
      if (keptAs === null) throw new BackupRefused(refusalOf({ surveys, responses }));
      await backUpRemotely(keptAs, wrangler);
    }
  }
  await withFolder(async (folder) => {
    const whole = join(folder, "restore.sql");
    const stream = createWriteStream(whole, { mode: 0o600 });
    stream.write(["PRAGMA defer_foreign_keys=TRUE;", ...dropsOf(objects), ""].join("\n"));
    for await (const text of textOf(file)) if (!stream.write(text)) await once(stream, "drain");
    stream.end();
    await finished(stream);
    await must(wrangler, ["d1", "execute", "DB", "--remote", `--file=${whole}`, "--yes"]);
  });
  await verify(wrangler, contents);
  if (older) await must(wrangler, ["d1", "migrations", "apply", "DB", "--remote"]);
  return contents;
}

/** Compares the rows of every table, and the counters, with what the backup says. */
async function verify(wrangler: Wrangler, { tables, counted }: Contents): Promise<void> {
  const rows = Object.keys(tables).map((table) => `(SELECT count(*) FROM "${table}") AS "${table}"`);
  const [found] = await query(wrangler, `SELECT ${rows.join(", ")}`);
  const [now] = await query(wrangler, COUNTED);
  const wrong = Object.entries(tables).filter(([table, { rows }]) => Number(found?.[table]) !== rows);
  const sums = Object.entries(counted).filter(([name, sum]) => Number(now?.[name]) !== sum);
  if (wrong.length + sums.length > 0)
    throw new BackupRefused(
      `The deployed database does not hold what the backup says: ${[...wrong, ...sums].map(([name]) => name).join(", ")}.\n` +
        "Somebody may have written meanwhile; else run the restore again.",
    );
}

/** The rows of one SELECT in the deployed database. */
async function query(wrangler: Wrangler, sql: string): Promise<Row[]> {
  const command = `--command=${sql.replace(/\s+/g, " ")}`;
  const { printed } = await must(wrangler, ["d1", "execute", "DB", "--remote", "--json", command], true);
  const [result] = JSON.parse(printed) as { results: Row[] }[];
  return result?.results ?? [];
}

async function must(wrangler: Wrangler, args: readonly string[], quiet = false): Promise<{ printed: string }> {
  const result = await wrangler(args, { quiet });
  if (result.ok) return result;
  throw new BackupRefused(
    `wrangler ${args.slice(0, 3).join(" ")} failed; what comes after it has not been done. Has somebody signed in\n` +
      "(`npx wrangler login`), and was the Worker deployed (`npm run deploy`)?",
  );
}

async function withFolder<Result>(act: (folder: string) => Promise<Result>): Promise<Result> {
  const folder = await mkdtemp(join(tmpdir(), "vidhuk-backup-"));
  try {
    return await act(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
