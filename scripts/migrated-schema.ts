/** What the migrations of a folder make of an empty database, as SQLite itself tells it. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import type { QuestionSchema } from "./question-schema.ts";

/** The columns of the tables of responses and counters, and all triggers, after the folder's migrations and those of `more`. */
export function migratedSchema(folder: string, more: readonly string[] = []): QuestionSchema {
  const database = new DatabaseSync(":memory:");
  const files = readdirSync(folder).sort();
  for (const text of [...files.map((file) => readFileSync(join(folder, file), "utf8")), ...more]) database.exec(text);
  const columnsOf = (table: string) =>
    database
      .prepare("SELECT name FROM pragma_table_info(?)")
      .all(table)
      .map(({ name }) => String(name));
  const triggers = database.prepare("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").all();
  return {
    columns: { responses: columnsOf("responses"), rollups: columnsOf("rollups") },
    triggers: Object.fromEntries(triggers.map(({ name, sql }) => [String(name), String(sql)])),
  };
}
