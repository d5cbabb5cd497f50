import { readdirSync } from "node:fs";
import { join } from "node:path";
import type { SQLOutputValue } from "node:sqlite";
import { DatabaseSync } from "node:sqlite";
import { statePlaces } from "../../scripts/paths.ts";

export type StoredRow = Record<string, SQLOutputValue>;
export type Stored = { responses: StoredRow[]; rollups: StoredRow[] };

/** Reads the database file of a collector that has ended, by SQLite alone and without our code. */
export function readStored(state: string): Stored {
  const database = new DatabaseSync(databaseFile(state));
  try {
    return {
      responses: database.prepare("SELECT * FROM responses ORDER BY survey_id, id").all(),
      rollups: database.prepare("SELECT * FROM rollups ORDER BY survey_id, segment, day, value").all(),
    };
  } finally {
    database.close();
  }
}

/** The one database of a collector's state. */
export function databaseFile(state: string): string {
  const folder = join(statePlaces(state).persist, "v3/d1/miniflare-D1DatabaseObject");
  const files = readdirSync(folder).filter((name) => name.endsWith(".sqlite") && name !== "metadata.sqlite");
  if (files.length !== 1) throw new Error(`expected one database in ${folder}, found ${files.join(", ") || "none"}`);
  return join(folder, files[0] as string);
}

/** The counters as the raw rows would have them, to be compared with `countersOf`. Rows without any count are left out. */
export function recount({ responses }: Stored): Record<string, Record<string, number>> {
  const counters: Record<string, Record<string, number>> = {};
  for (const row of responses) {
    if (row.test || row.excluded) continue;
    const segments = Object.entries<string>(JSON.parse(String(row.segments)));
    for (const [segment, value] of [["", ""], ...segments]) {
      const key = [row.survey_id, segment, row.day, value].join(" | ");
      counters[key] ??= {};
      const counter = counters[key];
      const add = (name: string) => {
        counter[name] = (counter[name] ?? 0) + 1;
      };
      add("responses");
      if (row.nps !== null) add(`nps_${row.nps}`);
      if (row.csat !== null) add(`csat_${row.csat}`);
      if (row.comment !== null) add("comments");
      if (row.channel === "page") add("in_page");
      if (segment === "" && (Number(row.nps ?? 10) <= 6 || Number(row.csat ?? 5) <= 2)) add("unhappy");
    }
  }
  return counters;
}

const counted = /^(nps_\d+|csat_\d|responses|in_page|comments|unhappy)$/;

export function countersOf({ rollups }: Stored): Record<string, Record<string, number>> {
  const counters: Record<string, Record<string, number>> = {};
  for (const row of rollups) {
    const counts = Object.entries(row).filter(([name, count]) => counted.test(name) && count !== 0);
    if (counts.length > 0)
      counters[[row.survey_id, row.segment, row.day, row.value].join(" | ")] = Object.fromEntries(counts) as Record<
        string,
        number
      >;
  }
  return counters;
}
