/** `npm run backup` and `npm run restore`, on a collector that serves meanwhile; Cloudflare is played by a database here. */
import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync, watch, writeFileSync } from "node:fs";
import { readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Contents } from "../../scripts/backup/file.ts";
import { checkBackup, writeBackup } from "../../scripts/backup/file.ts";
import { backUpLocally, restoreLocally } from "../../scripts/backup/local.ts";
import { backUpRemotely, restoreRemotely } from "../../scripts/backup/remote.ts";
import { backupName, wordsOf } from "../../scripts/backup/words.ts";
import type { Wrangler } from "../../scripts/deploy-steps.ts";
import { root, statePlaces } from "../../scripts/paths.ts";
import { mintResponseId } from "../../shared/response-id.ts";
import type { TestCollector } from "../support/collector.ts";
import { startCollector } from "../support/collector.ts";
import { countersOf, databaseFile, readStored, recount } from "../support/stored.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

let folder: string;
let state: string;
let collector: TestCollector;
let survey: string;
/** A backup of the collector at rest, and what it holds. */
let backup: string;
let contents: Contents;
let at = 0;

const words = [
  'it\'s; "q"',
  "two\nlines\r\n",
  "-- end {}\n",
  "END;\n",
  "\\n and\n",
  "😀é",
  "a', 'b'); DROP TABLE keys;",
];

const call = async (path: string, body: object) => {
  const headers = { Authorization: `Bearer ${collector.adminToken}`, "Content-Type": "application/json" };
  const reply = await fetch(collector.url + path, { method: "POST", headers, body: JSON.stringify(body) });
  expect(reply.status).toBeLessThan(300);
  return (await reply.json()) as { id: string };
};
const answer = () =>
  call("/v1/responses", {
    survey,
    id: mintResponseId(Date.now(), crypto.getRandomValues(new Uint8Array(10))),
    nps: at % 11,
    comment: `${words[at++ % words.length]} ${at}`,
    respondent: { id: `person ${at % 5}` },
    properties: { plan: at % 2 ? "pro" : "'; free", [`n'${at % 3}`]: 0.1 + at },
  });

/** One of the two commands, as npm runs it. */
const command = (name: "backup" | "restore", where: string, ...args: string[]) =>
  promisify(execFile)(process.execPath, [join(root, `scripts/${name}.ts`), ...args], {
    cwd: folder,
    env: { ...process.env, VIDHUK_STATE: where },
  });

beforeAll(async () => {
  folder = await temporaryFolder();
  state = join(folder, "served");
  collector = await startCollector({ state });
  ({ id: survey } = await call("/v1/surveys", { name: "Sample", segments: ["plan"] }));
  await call(`/v1/surveys/${survey}/invitations`, { respondents: [{ id: "ann" }] });
  await call("/v1/unsubscribes", { respondent: "bob" });
  for (let index = 0; index < 20; index++) await answer();
}, 120_000);

afterAll(async () => {
  await collector?.stop();
  await rm(folder, { recursive: true, force: true });
});

/** Every table of a database as its rows; the file is not changed. */
function rowsOf(where: string): Record<string, unknown[]> {
  const database = new DatabaseSync(databaseFile(where), { readOnly: true });
  try {
    const tables = database.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name").all();
    const ours = tables.map(({ name }) => String(name)).filter((name) => !/^(_cf_|sqlite_)/.test(name));
    return Object.fromEntries(ours.map((name) => [name, database.prepare(`SELECT * FROM "${name}"`).all()]));
  } finally {
    database.close();
  }
}

describe("a backup on this machine", () => {
  it("is of one moment while answers come in, and is restored into an empty folder row by row", async () => {
    const during = join(folder, "during.sql");
    let writing = true;
    const writers = [1, 2].map(async () => {
      while (writing) await answer();
    });
    const before = at;
    const { stdout } = await command("backup", state, during);
    writing = false;
    await Promise.all(writers);
    expect(stdout).toContain(`is saved in ${during}`);
    expect(stdout).toMatch(/responses +\d+ rows/);
    expect((await stat(during)).mode & 0o077).toBe(0);

    const restored = join(folder, "restored-during");
    await command("restore", restored, during);
    const stored = readStored(restored);
    expect(stored.responses.length).toBeGreaterThanOrEqual(before);
    expect(countersOf(stored)).toEqual(recount(stored));
    const now = new Map(readStored(state).responses.map((row) => [row.id, row]));
    for (const row of stored.responses) expect(row).toEqual(now.get(row.id as string));

    backup = join(folder, "at-rest.sql");
    contents = await backUpLocally(backup, statePlaces(state));
    const empty = join(folder, "restored");
    await command("restore", empty, backup);
    expect(rowsOf(empty)).toEqual(rowsOf(state));
    expect(rowsOf(empty).responses).toHaveLength(contents.tables.responses!.rows);
  }, 60_000);

  it("serves as before: counters go on where they were, triggers and all", async () => {
    const where = join(folder, "restored");
    const other = await startCollector({ state: where });
    try {
      const headers = { Authorization: `Bearer ${other.adminToken}`, "Content-Type": "application/json" };
      const id = mintResponseId(Date.now(), crypto.getRandomValues(new Uint8Array(10)));
      const body = JSON.stringify({ survey, id, nps: 9, properties: { plan: "pro" } });
      expect((await fetch(`${other.url}/v1/responses`, { method: "POST", headers, body })).status).toBe(201);
    } finally {
      await other.stop();
    }
    const stored = readStored(where);
    expect(stored.responses).toHaveLength(contents.tables.responses!.rows + 1);
    expect(countersOf(stored)).toEqual(recount(stored));
  }, 60_000);

  it("leaves a database alone that holds answers, and saves it first where it is told to replace it", async () => {
    const where = join(folder, "restored");
    const held = rowsOf(where);
    await expect(command("restore", where, backup)).rejects.toMatchObject({
      stderr: expect.stringMatching(/holds 1 surveys and \d+ responses.*Nothing was changed/s),
    });
    expect(rowsOf(where)).toEqual(held);
    const { stdout } = await command("restore", where, backup, "--replace");
    const [, kept = ""] = /What was there before is in (\S+)\.\n/.exec(stdout) ?? [];
    expect(rowsOf(where)).toEqual(rowsOf(state));
    const again = join(folder, "again");
    await restoreLocally(join(folder, kept), { keptAs: null }, statePlaces(again));
    expect(rowsOf(again)).toEqual(held);
  }, 60_000);

  it("is not written over a file, and needs a database", async () => {
    await expect(command("backup", state, backup)).rejects.toMatchObject({
      stderr: expect.stringContaining("is there already"),
    });
    await expect(command("backup", join(folder, "nobody"))).rejects.toMatchObject({
      stderr: expect.stringContaining("There is no database"),
    });
    await expect(command("restore", state)).rejects.toMatchObject({ stderr: expect.stringContaining("Which file?") });
  });
});

describe("a file that is no whole backup", () => {
  it("changes nothing, wherever it was cut and whatever it is", async () => {
    const whole = await readFile(backup);
    const bad = join(folder, "bad.sql");
    const places = statePlaces(join(folder, "restored"));
    const held = rowsOf(join(folder, "restored"));
    const refused = async (bytes: Buffer | string, why: RegExp) => {
      await writeFile(bad, bytes);
      await expect(restoreLocally(bad, { keptAs: join(folder, "kept-in-vain.sql") }, places)).rejects.toThrow(why);
    };
    for (const part of [0.1, 0.5, 0.9, 0.99])
      await refused(whole.subarray(0, Math.floor(whole.length * part)), /is not whole/);
    await refused(whole.subarray(0, -1), /is not whole/);
    const changed = Buffer.from(whole);
    changed[changed.length >> 1]! ^= 1;
    await refused(changed, /was changed or damaged/);
    await refused("", /is no backup/);
    await refused("SQLite format 3\0", /is no backup/);
    await refused("INSERT INTO keys VALUES ('root');\n", /is no backup/);
    await expect(restoreLocally(join(folder, "absent.sql"), { keptAs: null }, places)).rejects.toThrow(
      /cannot be read/,
    );
    expect(existsSync(join(folder, "kept-in-vain.sql"))).toBe(false);
    expect(rowsOf(join(folder, "restored"))).toEqual(held);
  });

  it("is refused where it holds other things than rows and the schema of its migrations, however well it is signed", async () => {
    const where = join(folder, "restored");
    const held = rowsOf(where);
    const forged = async (name: string, fill: string, changed: Partial<Contents> = {}) => {
      const file = join(folder, name);
      const rows = (await readFile(backup, "utf8")).split("\n").slice(1);
      const body = rows
        .slice(
          0,
          rows.findLastIndex((row) => row.startsWith("-- end ")),
        )
        .join("\n");
      await writeBackup(file, async (write) => {
        await write(`${body}\n${fill}\n`);
        return { ...contents, ...changed };
      });
      return restoreLocally(file, { keptAs: join(folder, `kept-${name}`) }, statePlaces(where));
    };
    await expect(forged("attach.sql", "ATTACH DATABASE '/tmp/x' AS x;")).rejects.toThrow(
      /a statement that no backup has/,
    );
    await expect(forged("unended.sql", "INSERT INTO keys VALUES ('")).rejects.toThrow(/has no end/);
    await expect(
      forged("trigger.sql", "CREATE TRIGGER sly AFTER INSERT ON responses BEGIN DELETE FROM keys; END;"),
    ).rejects.toThrow(/schema is not that of its migrations: sly/);
    await expect(forged("less.sql", "", { counted: { counters: 0, responses: 0 } })).rejects.toThrow(
      /not what the backup/,
    );
    await expect(forged("newer.sql", "", { migrations: [...contents.migrations, "9999_later.sql"] })).rejects.toThrow(
      /newer version of Vidhuk \(9999_later\.sql\)/,
    );
    expect(rowsOf(where)).toEqual(held);
  });
});

describe("a backup of an older version", () => {
  it("is restored and then migrated", async () => {
    const names = (await readdir(join(root, "worker/migrations"))).sort();
    const older = names.slice(0, -1);
    const database = new DatabaseSync(join(folder, "older.sqlite"));
    database.exec(
      "CREATE TABLE d1_migrations (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT UNIQUE, applied_at TEXT)",
    );
    for (const name of older) {
      database.exec(readFileSync(join(root, "worker/migrations", name), "utf8"));
      database.prepare("INSERT INTO d1_migrations (name) VALUES (?)").run(name);
    }
    const cloud = cloudOf(database);
    const file = join(folder, "older.sql");
    expect((await backUpRemotely(file, cloud.wrangler)).migrations).toEqual(older);
    database.close();
    const where = join(folder, "from-older");
    await restoreLocally(file, { keptAs: null }, statePlaces(where));
    expect(rowsOf(where).d1_migrations?.map((row) => (row as { name: string }).name)).toEqual(names);
  }, 60_000);
});

describe("a command that is killed in the middle", () => {
  let large: string;
  const many = 30_000;

  beforeAll(async () => {
    // The rows are written by SQLite alone, into a copy of the restored database.
    const where = join(folder, "large");
    await restoreLocally(backup, { keptAs: null }, statePlaces(where));
    const database = new DatabaseSync(databaseFile(where));
    const ids = Array.from({ length: many }, (_, index) => mintResponseId(1e12 + index, new Uint8Array(10)));
    database
      .prepare(
        `INSERT INTO responses (survey_id, id, created_at, day, received_at, updated_at, updated_day, nps, comment, comment_at, channel)
         SELECT ?1, value, 1, '2026-11-22', 1, 1, '2026-11-22', 9, printf('%.500c', 'x'), 1, 'page' FROM json_each(?2)`,
      )
      .run(survey, JSON.stringify(ids));
    database.close();
    large = join(folder, "large.sql");
    await backUpLocally(large, statePlaces(where));
  }, 60_000);

  it("leaves no file that looks like a backup", async () => {
    const file = join(folder, "killed.sql");
    const places = join(folder, "large");
    const begun = appearing(folder, "killed.sql.part");
    const child = spawned("backup", places, file);
    await begun;
    child.kill("SIGKILL");
    await once(child, "close");
    expect(child.signalCode).toBe("SIGKILL");
    expect(existsSync(file)).toBe(false);
    expect(existsSync(`${file}.part`)).toBe(true);
    await command("backup", places, file);
    expect((await checkBackup(file)).tables.responses?.rows).toBe(contents.tables.responses!.rows + many);
    expect(existsSync(`${file}.part`)).toBe(false);
  }, 60_000);

  it("leaves the database as it was", async () => {
    const where = join(folder, "restored");
    const held = rowsOf(where);
    const wal = `${databaseFile(where)}-wal`;
    const child = spawned("restore", where, large, "--replace");
    await expect.poll(() => existsSync(wal) && readFileSync(wal).length > 1_000_000, { timeout: 30_000 }).toBe(true);
    child.kill("SIGKILL");
    await once(child, "close");
    expect(child.signalCode).toBe("SIGKILL");
    expect(rowsOf(where)).toEqual(held);
    const { stdout } = await command("restore", where, large, "--replace");
    expect(stdout).toContain(`responses             ${contents.tables.responses!.rows + many} rows`);
    const stored = readStored(where);
    expect(countersOf(stored)).toEqual(recount(stored));
  }, 60_000);

  const spawned = (name: "backup" | "restore", where: string, ...args: string[]) =>
    spawn(process.execPath, [join(root, `scripts/${name}.ts`), ...args], {
      cwd: folder,
      env: { ...process.env, VIDHUK_STATE: where },
      stdio: "ignore",
    });

  function appearing(where: string, name: string): Promise<void> {
    return new Promise((resolve) => {
      const watcher = watch(where, (_, changed) => {
        if (changed !== name) return;
        watcher.close();
        resolve();
      });
    });
  }
});

/** Cloudflare's side: a database, and wrangler's commands as they are printed and answered, by the shapes of its version 4.164. */
function cloudOf(database: DatabaseSync, { failing = "" } = {}) {
  const asked: string[] = [];
  const wrangler: Wrangler = async (args) => {
    const flags = args.filter((arg) => !/^--(command|output|file)=/.test(arg)).join(" ");
    const [, option = "", value = ""] =
      /^--(command|output|file)=(.*)$/s.exec(args.find((arg) => /^--\w+=/.test(arg)) ?? "") ?? [];
    asked.push(`${flags} ${option}`.trim());
    const ok = (printed = "") => ({ ok: true, printed, urls: [] });
    if (failing !== "" && flags.startsWith(failing)) return { ok: false, printed: "", urls: [] };
    if (option === "output") writeFileSync(value, exportOf(database));
    if (option === "file") database.exec(`BEGIN; ${readFileSync(value, "utf8")}; COMMIT`);
    if (option === "command") {
      const results = database.prepare(value).all();
      return ok(JSON.stringify([{ results, success: true, meta: { duration: 1 } }], null, 2));
    }
    return ok();
  };
  return { wrangler, asked };
}

/** As `wrangler d1 export` writes a database: the lines of its own exporter. */
function exportOf(database: DatabaseSync): string {
  const schema = (types: string) =>
    database
      .prepare(`SELECT name, sql FROM sqlite_schema WHERE type IN (${types}) AND sql NOT NULL ORDER BY rowid`)
      .all();
  const lines = ["PRAGMA defer_foreign_keys=TRUE;"];
  for (const { name, sql } of schema("'table'")) {
    if (name === "sqlite_sequence") {
      lines.push("DELETE FROM sqlite_sequence;");
      continue;
    }
    lines.push(`${String(sql).replace(/^CREATE TABLE (?=")/, "CREATE TABLE IF NOT EXISTS ")};`);
    for (const row of database.prepare(`SELECT * FROM "${name}"`).all()) {
      const cells = Object.values(row).map((cell) =>
        cell === null ? "NULL" : typeof cell === "string" ? `'${cell.replaceAll("'", "''")}'` : String(cell),
      );
      const columns = Object.keys(row).map((column) => `"${column}"`);
      lines.push(`INSERT INTO "${name}" (${columns.join(",")}) VALUES(${cells.join(",")});`);
    }
  }
  for (const { sql } of schema("'index', 'trigger'")) lines.push(`${sql};`);
  return lines.join("\n");
}

describe("the deployed database", () => {
  const EXPORT = "d1 export DB --remote --skip-confirmation output";
  const ASK = "d1 execute DB --remote --json command";
  const RUN = "d1 execute DB --remote --yes file";

  function emptyCloud(options = {}) {
    const database = new DatabaseSync(":memory:");
    return { database, ...cloudOf(database, options) };
  }
  const rowsIn = (database: DatabaseSync, table: string) => database.prepare(`SELECT * FROM "${table}"`).all();

  it("is restored from a local backup, and backed up into the same file again", async () => {
    const cloud = emptyCloud();
    await restoreRemotely(backup, { keptAs: null }, cloud.wrangler);
    expect(cloud.asked).toEqual([ASK, RUN, ASK, ASK]);
    for (const [table, rows] of Object.entries(rowsOf(state))) expect(rowsIn(cloud.database, table)).toEqual(rows);
    const file = join(folder, "remote.sql");
    cloud.asked.length = 0;
    expect(await backUpRemotely(file, cloud.wrangler)).toMatchObject({
      tables: contents.tables,
      counted: contents.counted,
    });
    expect(cloud.asked).toEqual([EXPORT]);
  });

  it("is replaced only where that is said, and saved first", async () => {
    const cloud = emptyCloud();
    await restoreRemotely(backup, { keptAs: null }, cloud.wrangler);
    cloud.database.exec("UPDATE surveys SET version = 77");
    await expect(restoreRemotely(backup, { keptAs: null }, cloud.wrangler)).rejects.toThrow(/Nothing was changed/);
    expect(rowsIn(cloud.database, "surveys")[0]).toMatchObject({ version: 77 });
    cloud.asked.length = 0;
    const keptAs = join(folder, "kept-remote.sql");
    await restoreRemotely(backup, { keptAs }, cloud.wrangler);
    expect(cloud.asked).toEqual([ASK, ASK, EXPORT, RUN, ASK, ASK]);
    expect(rowsIn(cloud.database, "surveys")[0]).toMatchObject({ version: 1 });
    expect(await readFile(keptAs, "utf8")).toContain(",77,");
  });

  it("is left alone where the export fails, and a failure of any step is told", async () => {
    const cloud = emptyCloud();
    await restoreRemotely(backup, { keptAs: null }, cloud.wrangler);
    const failing = cloudOf(cloud.database, { failing: "d1 export" });
    const keptAs = join(folder, "never.sql");
    await expect(restoreRemotely(backup, { keptAs }, failing.wrangler)).rejects.toThrow(/wrangler d1 export DB failed/);
    expect(failing.asked.some((each) => each === RUN)).toBe(false);
    expect(existsSync(keptAs)).toBe(false);
    const broken = cloudOf(cloud.database, { failing: "d1 execute DB --remote --yes" });
    await expect(restoreRemotely(backup, { keptAs }, broken.wrangler)).rejects.toThrow(/wrangler d1 execute DB failed/);
  });
});

describe("the command line", () => {
  it("knows its flags with and without the two dashes that npm wants, and refuses others", () => {
    expect(wordsOf(["a.sql", "--remote"], ["remote"], {})).toEqual({ file: "a.sql", remote: true });
    expect(wordsOf(["a.sql"], ["remote"], { npm_config_remote: "true" })).toEqual({ file: "a.sql", remote: true });
    expect(wordsOf([], ["remote"], {})).toEqual({ remote: false });
    expect(() => wordsOf(["a.sql", "--force"], ["remote"], {})).toThrow(/does not know --force/);
    expect(() => wordsOf(["a.sql", "b.sql"], ["remote"], {})).toThrow(/does not know b\.sql/);
    expect(backupName(new Date("2026-12-01T02:20:05.123Z"))).toBe("vidhuk-backup-2026-12-01T02-20-05-123.sql");
  });
});
