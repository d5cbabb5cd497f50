/** What the database holds: to be compared between two runs, and to be put back. */
import { env } from "cloudflare:workers";
import { expect } from "vitest";
import { tables } from "../privacy/dump.ts";

/** These columns hold what is made by chance, or say when and how long. */
const CHANCE =
  /^(id|hash|key_id|key_hash|secret|secrets|secret_hash|request|salt|target|mailing|.*_id|.*_at|respondent_hash)$/;

/**
 * The jobs' own rows say how long each run took. How far a message has come is no part of what a request does. Versions only
 * ever rise, and may rise twice for one change.
 */
const LEFT_OUT =
  /^(jobs\..*|webhook_deliveries\.(state|attempts|open|status|failure|due_at|tried_at)|surveys\.version|rollups\.changes)$/;

type Row = Record<string, unknown>;
export type Snapshot = Record<string, Row[]>;

export async function snapshot(): Promise<Snapshot> {
  const names = await tables();
  const found = await env.DB.batch<Row>(names.map((name) => env.DB.prepare(`SELECT * FROM "${name}"`)));
  return Object.fromEntries(names.map((name, at) => [name, found[at]!.results]));
}

/** Every row as a line of JSON, without what differs from run to run. `named`: the ids that a test knows, by their names. */
export async function contents(named: Readonly<Record<string, string>> = {}): Promise<string[]> {
  const known = new Map(Object.entries(named).map(([name, id]) => [id, `the ${name}`]));
  const shown = (column: string, value: unknown) => {
    if (value === null || value === "") return value;
    if (CHANCE.test(column)) return known.get(String(value)) ?? (/_at$/.test(column) ? "then" : "some");
    return typeof value === "string"
      ? [...known].reduce((text, [id, name]) => text.replaceAll(id, name), value)
      : value;
  };
  return Object.entries(await snapshot())
    .flatMap(([table, rows]) =>
      rows.map((row) => {
        const kept = Object.entries(row).filter(([column]) => !LEFT_OUT.test(`${table}.${column}`));
        return `${table} ${JSON.stringify(Object.fromEntries(kept.map(([name, value]) => [name, shown(name, value)])))}`;
      }),
    )
    .sort();
}

/** Says only which rows differ. */
export function expectSame(found: readonly string[], expected: readonly string[], when: string): void {
  expect(differences(found, expected), when).toEqual([]);
}

export function differences(found: readonly string[], expected: readonly string[]): string[] {
  const left = [...expected];
  const more = found.filter((line) => {
    const at = left.indexOf(line);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
  return [...more.map((line) => `not expected: ${line}`), ...left.map((line) => `missing: ${line}`)];
}

/** Puts back what `snapshot` has found, in place of all that is there. */
export async function restore(kept: Snapshot): Promise<void> {
  const all = Object.keys(kept);
  const others = all.filter((name) => name !== "responses");
  const remove = (names: readonly string[]) => names.map((name) => env.DB.prepare(`DELETE FROM "${name}"`));
  const insert = (names: readonly string[]) =>
    names.flatMap((name) =>
      kept[name]!.map((row) => {
        const columns = Object.keys(row);
        const places = columns.map((_, at) => `?${at + 1}`).join(", ");
        const into = columns.map((column) => `"${column}"`).join(", ");
        return env.DB.prepare(`INSERT INTO "${name}" (${into}) VALUES (${places})`).bind(...Object.values(row));
      }),
    );
  // The triggers of the responses write counters, which are put back behind them.
  await env.DB.batch([
    ...remove(["responses", ...others]),
    ...insert(["responses"]),
    ...remove(others),
    ...insert(others),
  ]);
}
