/**
 * Runs the jobs of a cron one after another and stores what each did. A job that fails does not keep the others from running.
 */
import { findJobCursor, saveRun } from "../db/jobs.ts";
import type { Store } from "../db/store.ts";
import { logFault } from "../log.ts";

/** What a job did. `done`: how many rows; `more`: whether some are left; `cursor`: where the next run goes on. */
export type Done = { done: number; more: boolean; cursor?: string };
export type Job = (store: Store, now: number, cursor: string) => Promise<Done>;

/** With `quietly` a run that found nothing to do is not stored, since a job of every minute would write 1,440 rows a day. */
export async function runJobs(
  store: Store,
  jobs: Readonly<Record<string, Job>>,
  now: number,
  quietly = false,
): Promise<void> {
  for (const [name, job] of Object.entries(jobs)) {
    const started = performance.now();
    const cursor = await findJobCursor(store, name);
    const { done, more, cursor: next = "", failed } = await attempt(name, () => job(store, now, cursor));
    if (quietly && done === 0 && !more && failed === null) continue;
    const took_ms = Math.round(performance.now() - started);
    await saveRun(store, { name, ran_at: now, took_ms, done, more: Number(more), place: next, failed });
  }
}

/** Runs a job. The message of an error is stored and logged: no job reads a comment or an address that could be in it. */
async function attempt(name: string, job: () => Promise<Done>): Promise<Done & { failed: string | null }> {
  try {
    return { ...(await job()), failed: null };
  } catch (error) {
    logFault(error, { kind: "job", job: name });
    return { done: 0, more: true, failed: String(error).slice(0, 200) };
  }
}
