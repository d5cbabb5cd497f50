/** The tables of a database replaced by those of a backup, in one transaction: it is done as a whole, or nothing is changed. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { root } from "../paths.ts";
import { OURS, statementsIn, sumsOf } from "./dump.ts";
import type { Contents } from "./file.ts";
import { BackupRefused, textOf } from "./file.ts";
import { migrationNames } from "./versions.ts";

type Schema = Record<string, string>;

/** Throws before anything is changed where the file does not hold what `contents` says of it. */
export async function restoreInto(database: DatabaseSync, file: string, contents: Contents): Promise<void> {
  database.exec("BEGIN IMMEDIATE");
  try {
    dropAll(database);
    for await (const statement of statementsIn(textOf(file))) database.exec(statement);
    compareSchemas(schemaOf(database), expectedSchema(contents.migrations));
    const { tables, counted } = await sumsOf(database);
    if (JSON.stringify({ tables, counted }) !== JSON.stringify({ tables: contents.tables, counted: contents.counted }))
      throw new BackupRefused("What was restored is not what the backup says it holds. Nothing was changed.");
    database.exec("COMMIT");
  } catch (error) {
    database.exec("ROLLBACK");
    throw error;
  }
}

/** Takes away every table of ours and what hangs on it. */
function dropAll(database: DatabaseSync): void {
  for (const statement of dropsOf(objectsOf(database))) database.exec(statement);
}

type SchemaObject = { type: string; name: string };

/** What `sqlite_schema` lists of ours. */
export const OBJECTS = `SELECT type, name FROM sqlite_schema WHERE type IN ('trigger', 'table') AND ${OURS}`;

function objectsOf(database: DatabaseSync): SchemaObject[] {
  return database
    .prepare(OBJECTS)
    .all()
    .map(({ type, name }) => ({ type: String(type), name: String(name) }));
}

/** Triggers first, so that none fires while its table goes. */
export function dropsOf(objects: readonly SchemaObject[]): string[] {
  const named = (wanted: string) => objects.filter(({ type }) => type === wanted).map(({ name }) => `"${name}"`);
  return [
    ...named("trigger").map((name) => `DROP TRIGGER ${name};`),
    ...named("table").map((name) => `DROP TABLE ${name};`),
  ];
}

function schemaOf(database: DatabaseSync): Schema {
  const made = database.prepare(`SELECT name, sql FROM sqlite_schema WHERE sql NOT NULL AND ${OURS}`).all();
  return Object.fromEntries(made.map(({ name, sql }) => [String(name), String(sql).replace(/\s+/g, " ")]));
}

/** What the migrations of these names make of an empty database. */
function expectedSchema(names: readonly string[]): Schema {
  const database = new DatabaseSync(":memory:");
  try {
    for (const name of migrationNames().filter((each) => names.includes(each)))
      database.exec(readFileSync(join(root, "worker/migrations", name), "utf8"));
    return schemaOf(database);
  } finally {
    database.close();
  }
}

function compareSchemas(found: Schema, expected: Schema): void {
  const names = new Set([...Object.keys(found), ...Object.keys(expected)]);
  // The list of migrations is wrangler's own table.
  names.delete("d1_migrations");
  const other = [...names].filter((name) => found[name] !== expected[name]);
  if (other.length > 0)
    throw new BackupRefused(
      `The backup's schema is not that of its migrations: ${other.join(", ")}. Nothing was changed.`,
    );
}
