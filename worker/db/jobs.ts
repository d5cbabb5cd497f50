/** The jobs table: what each job of the cron did in its last run, and where its next run goes on (the column `place`). */
import { statement } from "./statement.ts";
import type { Store } from "./store.ts";

export type StoredRun = {
  name: string;
  ran_at: number;
  took_ms: number;
  done: number;
  more: number;
  place: string;
  failed: string | null;
};

const sql = {
  findJobCursor: statement(`SELECT place FROM jobs WHERE name = :name`),
  listRuns: statement(`SELECT name, ran_at, took_ms, done, more, place, failed FROM jobs ORDER BY name`),
  saveRun: statement(`INSERT INTO jobs (name, ran_at, took_ms, done, more, place, failed)
    VALUES (:name, :ran_at, :took_ms, :done, :more, :place, :failed)
    ON CONFLICT (name) DO UPDATE SET ran_at = :ran_at, took_ms = :took_ms, done = :done, more = :more,
      place = :place, failed = :failed`),
};

/** Where the job's next run goes on; "" for a job that begins at the start. */
export async function findJobCursor(store: Store, name: string): Promise<string> {
  return (await store.first<{ place: string }>(sql.findJobCursor({ name })))?.place ?? "";
}

export async function listRuns(store: Store): Promise<StoredRun[]> {
  return store.all<StoredRun>(sql.listRuns());
}

export async function saveRun(store: Store, run: StoredRun): Promise<void> {
  await store.all(sql.saveRun(run));
}
