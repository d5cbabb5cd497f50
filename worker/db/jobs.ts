/** The jobs table: what each job of the cron did last, and where it goes on. */
import type { JobStatus } from "../../shared/schema/status.ts";
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
  findPlace: `SELECT place FROM jobs WHERE name = ?1`,
  listRuns: `SELECT name, ran_at, took_ms, done, more, place, failed FROM jobs ORDER BY name`,
  saveRun: `INSERT INTO jobs (name, ran_at, took_ms, done, more, place, failed) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
    ON CONFLICT (name) DO UPDATE SET ran_at = ?2, took_ms = ?3, done = ?4, more = ?5, place = ?6, failed = ?7`,
};

/** Where the job's last run stopped; "" at the beginning. */
export async function findPlace(store: Store, name: string): Promise<string> {
  return (await store.first<{ place: string }>(sql.findPlace, name))?.place ?? "";
}

export async function listRuns(store: Store): Promise<StoredRun[]> {
  return store.all<StoredRun>(sql.listRuns);
}

export async function saveRun(store: Store, run: StoredRun): Promise<void> {
  await store.all(sql.saveRun, run.name, run.ran_at, run.took_ms, run.done, run.more, run.place, run.failed);
}

export function publicRun({ name, ran_at, took_ms, done, more, failed }: StoredRun): JobStatus {
  return { name, ran_at: new Date(ran_at).toISOString(), took_ms, done, more: more === 1, failed };
}
