/** A database as SQL text, and back: rows first, then indexes and triggers, so that no trigger counts a restored row again. */
import { createHash } from "node:crypto";
import type { DatabaseSync } from "node:sqlite";

/** What a table holds: its rows, and a digest of them in their order. */
export type TableSum = { rows: number; sha256: string };

/** What stands in the counters, and how many responses are counted that are there as rows. They are compared after a restore. */
export type Counted = { counters: number; responses: number };

export type Sums = { tables: Record<string, TableSum>; counted: Counted };

const BATCH_CHARACTERS = 1 << 20;

/** One SELECT that gives `Counted`. */
export const COUNTED = `SELECT (SELECT coalesce(sum(responses), 0) FROM rollups) AS counters,
  (SELECT count(*) FROM responses WHERE test = 0 AND excluded = 0) AS responses`;

/** The names of our tables; those of D1 and of SQLite itself are left out. */
export function tablesOf(database: DatabaseSync): string[] {
  return database
    .prepare(`SELECT name FROM sqlite_schema WHERE type = 'table' AND ${OURS} ORDER BY rowid`)
    .all()
    .map(({ name }) => String(name));
}

/** A condition on sqlite_schema: what migrations have made, and the list of them. */
export const OURS = "name NOT LIKE '\\_cf\\_%' ESCAPE '\\' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'";

/**
 * Writes every statement that makes the database anew, as of one moment: others may write meanwhile. Gives what was written.
 */
export async function dump(database: DatabaseSync, write: (text: string) => Promise<void>): Promise<Sums> {
  database.exec("BEGIN");
  try {
    const sums: Sums = { tables: {}, counted: countedIn(database) };
    for (const table of tablesOf(database)) {
      await write(`${sqlOf(database, table)};\n`);
      sums.tables[table] = await sumOf(database, table, write);
    }
    const others = `SELECT sql FROM sqlite_schema WHERE type IN ('index', 'trigger') AND sql NOT NULL AND ${OURS}
      ORDER BY type, rowid`;
    for (const { sql } of database.prepare(others).iterate()) await write(`${sql};\n`);
    return sums;
  } finally {
    database.exec("ROLLBACK");
  }
}

/** What the database holds, as `dump` sums it up; within the caller's transaction. */
export async function sumsOf(database: DatabaseSync): Promise<Sums> {
  const sums: Sums = { tables: {}, counted: countedIn(database) };
  for (const table of tablesOf(database)) sums.tables[table] = await sumOf(database, table, async () => {});
  return sums;
}

function countedIn(database: DatabaseSync): Counted {
  const { counters, responses } = database.prepare(COUNTED).get() ?? {};
  return { counters: Number(counters), responses: Number(responses) };
}

function sqlOf(database: DatabaseSync, table: string): string {
  return String(database.prepare("SELECT sql FROM sqlite_schema WHERE type = 'table' AND name = ?").get(table)?.sql);
}

async function sumOf(database: DatabaseSync, table: string, write: (text: string) => Promise<void>): Promise<TableSum> {
  const columns = database
    .prepare("SELECT name FROM pragma_table_info(?) ORDER BY cid")
    .all(table)
    .map(({ name }) => `"${name}"`);
  // quote() ends a text at its first NUL.
  const literals = columns.map(
    (name) =>
      `iif(typeof(${name}) = 'text' AND instr(${name}, char(0)) > 0, 'CAST(X''' || hex(${name}) || ''' AS TEXT)', quote(${name}))`,
  );
  const rows = database.prepare(`SELECT ${literals.join(" || ',' || ")} AS literals FROM "${table}"`);
  const hash = createHash("sha256");
  let count = 0;
  let batch = "";
  for (const { literals } of rows.iterate()) {
    count++;
    batch += `INSERT INTO "${table}" (${columns.join(",")}) VALUES (${literals});\n`;
    if (batch.length < BATCH_CHARACTERS) continue;
    hash.update(batch);
    await write(batch);
    batch = "";
  }
  hash.update(batch);
  await write(batch);
  return { rows: count, sha256: hash.digest("hex") };
}

const KINDS =
  /^(CREATE TABLE|CREATE INDEX|CREATE UNIQUE INDEX|CREATE TRIGGER|INSERT INTO|DELETE FROM sqlite_sequence|PRAGMA defer_foreign_keys|ANALYZE sqlite_schema)\b/i;

/**
 * The statements of a dump, ours or that of `wrangler d1 export`. Throws for one of another kind, as of a file that was written
 * to do something else.
 */
export async function* statementsIn(parts: AsyncIterable<string>): AsyncGenerator<string> {
  let text = "";
  for await (const part of parts) {
    text += part;
    for (let end = endOfStatement(text); end !== -1; end = endOfStatement(text)) {
      const statement = withoutComments(text.slice(0, end));
      text = text.slice(end);
      if (!KINDS.test(statement)) throw new Error(`a statement that no backup has: ${statement.slice(0, 60)}`);
      yield statement;
    }
  }
  if (withoutComments(text) !== "") throw new Error("the last statement has no end");
}

function withoutComments(text: string): string {
  return text.replace(/^(?:\s+|--[^\n]*(?:\n|$))+/, "");
}

/** The position behind the semicolon that ends the first statement; -1 where it is not there yet. A trigger ends with its END. */
function endOfStatement(text: string): number {
  const isTrigger = /^(?:\s+|--[^\n]*\n)*CREATE\s+TRIGGER\b/i.test(text);
  const token = /[;'"]|--/g;
  for (let found = token.exec(text); found !== null; found = token.exec(text)) {
    const [mark] = found;
    if (mark === ";") {
      if (!isTrigger || /\bEND\s*$/i.test(text.slice(Math.max(0, found.index - 20), found.index)))
        return found.index + 1;
      continue;
    }
    // A doubled quotation mark inside a text ends it and begins another.
    const close = text.indexOf(mark === "--" ? "\n" : mark, token.lastIndex);
    if (close === -1) return -1;
    token.lastIndex = close + 1;
  }
  return -1;
}
