/**
 * A database of each earlier release is brought up to today's schema while the Worker of that release goes on writing: what it
 * wrote before, between and after the migrations is there once, and counted once. The statements of that Worker are those that its
 * schema allows; all releases keep a response in the same columns.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { expect, it } from "vitest";
import { countersOf, recount } from "../support/stored.ts";

const folder = join(import.meta.dirname, "../../worker/migrations");
const migrations = readdirSync(folder).sort();
const textOf = (name: string) => readFileSync(join(folder, name), "utf8");
/** Before the third there are no counters, and no release ended there. */
const releases = migrations.slice(2, -1);

type Column = { name: string; type: string; notnull: number; dflt_value: string | null; pk: number };

/** What a Worker of one schema writes: it names all columns that it knows, and no other. */
function writerOf(database: DatabaseSync) {
  const columns = columnsOf(database, "responses").filter(({ name }) => !LATER.has(name));
  const names = columns.map(({ name }) => name);
  const insert = `INSERT INTO responses (${names.join(", ")}) VALUES (${names.map((name) => `:${name}`).join(", ")})
    ON CONFLICT (survey_id, id) DO UPDATE SET nps = excluded.nps, comment = excluded.comment, segments = excluded.segments`;
  let count = 0;
  return {
    written: () => count,
    /** A new response, the same once more, a change of it, and for some an exclusion. */
    write() {
      const number = count++;
      const plan = number % 2 ? "pro" : "free";
      const given: Record<string, string | number | null> = {
        id: `response-${String(number).padStart(4, "0")}`,
        survey_id: "srv_old",
        nps: number % 11,
        csat: (number % 5) + 1,
        day: `2026-11-${10 + (number % 9)}`,
        channel: number % 3 ? "page" : "api",
        segments: JSON.stringify({ plan }),
        properties: JSON.stringify({ plan }),
      };
      const row = Object.fromEntries(columns.map((column) => [column.name, given[column.name] ?? usual(column)]));
      for (let time = 0; time < 2; time++) database.prepare(insert).run(row);
      database.prepare(insert).run({ ...row, nps: (number + 4) % 11, comment: "changed" });
      if (number % 4 === 0) database.prepare("UPDATE responses SET excluded = 1 WHERE id = ?").run(String(row.id));
    },
  };
}

/** Written by triggers, or by the acts of a team; a send leaves them out. */
const LATER = new Set(["assignee", "replied_at", "resolved_at"]);

/** What a column holds that nobody says anything of. */
function usual({ name, type, notnull, dflt_value }: Column): string | number | null {
  if (dflt_value !== null) return dflt_value.startsWith("'") ? dflt_value.slice(1, -1) : Number(dflt_value);
  if (!notnull) return null;
  return type === "INTEGER" ? 1_795_000_000_000 : name;
}

function columnsOf(database: DatabaseSync, table: string): Column[] {
  return database.prepare("SELECT * FROM pragma_table_info(?)").all(table) as unknown as Column[];
}

function tablesOf(database: DatabaseSync): string[] {
  const rows = database
    .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
    .all();
  return rows.map(({ name }) => String(name));
}

/** A row in each table that no response fills. */
function fillOthers(database: DatabaseSync): string[] {
  const others = tablesOf(database).filter((name) => name !== "responses" && name !== "rollups");
  for (const table of others) {
    const columns = columnsOf(database, table);
    const names = columns.map(({ name }) => name).join(", ");
    const values = columns.map((column) => (column.name === "settings" ? '{"name":"Shop"}' : usual(column)));
    database.prepare(`INSERT INTO ${table} (${names}) VALUES (${columns.map(() => "?").join(", ")})`).run(...values);
  }
  return others;
}

it.each(releases)("a database of %s is brought up to date under the writes of its own release", (release) => {
  const database = new DatabaseSync(":memory:");
  const last = migrations.indexOf(release);
  for (const name of migrations.slice(0, last + 1)) database.exec(textOf(name));
  const writer = writerOf(database);
  for (let time = 0; time < 12; time++) writer.write();
  const filled = fillOthers(database);
  for (const name of migrations.slice(last + 1)) {
    database.exec(textOf(name));
    for (let time = 0; time < 2; time++) writer.write();
  }
  const stored = {
    responses: database.prepare("SELECT * FROM responses").all(),
    rollups: database.prepare("SELECT * FROM rollups").all(),
  };
  expect(stored.responses).toHaveLength(writer.written());
  expect(countersOf(stored)).toEqual(recount(stored));
  expect(Object.keys(countersOf(stored)).length).toBeGreaterThan(9);
  const kept = new Set(tablesOf(database));
  for (const table of filled.filter((name) => kept.has(name)))
    expect(database.prepare(`SELECT count(*) AS rows FROM ${table}`).get()?.rows, table).toBeGreaterThan(0);
  database.close();
});
