import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { expect, it } from "vitest";
import { root } from "../../scripts/paths.ts";
import { answerCounters } from "../../shared/cases.ts";

const HOUR = 3_600_000;
const folder = join(root, "worker/migrations");
const files = readdirSync(folder).sort();
const first = files.indexOf("0085_cases.sql");

function migrate(database: DatabaseSync, names: readonly string[]): void {
  for (const name of names) database.exec(readFileSync(join(folder, name), "utf8"));
}

it("a database of before counts its unhappy and the cases that it had resolved, as far as its rows are there", () => {
  const database = new DatabaseSync(":memory:");
  migrate(database, files.slice(0, first));
  const insert = database.prepare(
    `INSERT INTO responses (survey_id, id, created_at, day, received_at, updated_at, updated_day, nps, csat, channel,
       segments, status, excluded) VALUES ('s', ?, 0, ?, 0, ?, ?, ?, ?, 'page', '{"plan":"pro"}', ?, ?)`,
  );
  const add = (id: string, day: string, nps: number | null, csat: number | null, status = "open", excluded = 0) =>
    insert.run(id, day, 5 * HOUR, day, nps, csat, status, excluded);
  // On the first day retention has deleted the rows: at least two were unhappy.
  for (const id of ["a", "b"]) add(id, "2026-01-01", 0, 5, "resolved");
  add("c", "2026-01-01", 9, 1);
  database.exec("DELETE FROM responses");
  add("d", "2026-01-02", 3, 1, "resolved");
  add("e", "2026-01-02", 10, 2);
  add("f", "2026-01-02", 6, null, "resolved");
  add("g", "2026-01-02", 9, 5, "resolved");
  add("h", "2026-01-02", 1, 1, "resolved", 1);
  migrate(database, files.slice(first));
  const unhappy = "SELECT day, segment, unhappy FROM rollups WHERE responses > 0 ORDER BY day, segment";
  expect(database.prepare(unhappy).all()).toEqual([
    { day: "2026-01-01", segment: "", unhappy: 2 },
    { day: "2026-01-01", segment: "plan", unhappy: 0 },
    { day: "2026-01-02", segment: "", unhappy: 3 },
    { day: "2026-01-02", segment: "plan", unhappy: 0 },
  ]);
  const none = Object.fromEntries(answerCounters.map((name) => [name, 0]));
  const counted = { ...none, survey_id: "s", day: "2026-01-02", within_5: 2 };
  expect(database.prepare("SELECT * FROM cases_daily").all()).toEqual([counted]);
  // The same migration again would change nothing.
  const before = database.prepare(`${unhappy}`).all();
  migrate(database, ["0087_counted_cases.sql"]);
  expect(database.prepare(unhappy).all()).toEqual(before);
  expect(database.prepare("SELECT * FROM cases_daily").all()).toEqual([counted]);
});
