/** Every value of every table, as a search of the whole database would see it. */
import { env } from "cloudflare:workers";

type Found = { table: string; column: string; row: string };

/** Tables of ours; those of SQLite and of the migrations hold nothing that anybody sent. */
export async function tables(): Promise<string[]> {
  const { results } = await env.DB.prepare(
    "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE '_cf_%' AND name <> 'd1_migrations' ORDER BY name",
  ).all<{ name: string }>();
  return results.map(({ name }) => name);
}

/** Where any of the texts stands. */
export async function findText(...texts: string[]): Promise<Found[]> {
  const found: Found[] = [];
  for (const table of await tables()) {
    const { results } = await env.DB.prepare(`SELECT * FROM "${table}"`).all();
    for (const row of results)
      for (const [column, value] of Object.entries(row))
        if (texts.some((text) => String(value).toLowerCase().includes(text.toLowerCase())))
          found.push({ table, column, row: JSON.stringify(row) });
  }
  return found;
}

export async function countRows(table: string, where = "true"): Promise<number> {
  return Number(await env.DB.prepare(`SELECT count(*) AS n FROM "${table}" WHERE ${where}`).first("n"));
}
