/** Which jobs run when. Two crons, for an invocation on the free plan has 50 queries. */
import { limits } from "../../shared/limits.ts";
import type { Store } from "../db/store.ts";
import { fill } from "./backfill.ts";
import { forget } from "./expire.ts";
import { foldRest } from "./fold.ts";
import { clean } from "./purge.ts";
import { retain } from "./retention.ts";
import type { Job } from "./run.ts";
import { runJobs } from "./run.ts";

const erasing = (auditDays: number): Record<string, Job> => ({ forget: forget(auditDays), clean, retain });
const filling: Record<string, Job> = { fold: foldRest, fill };

/** As in wrangler.toml. */
const ERASING = "*/10 * * * *";
const FILLING = "5-59/10 * * * *";

/** The jobs of the cron that fired; all of them when it was somebody else (on one's own machine there is no query limit). */
export async function runScheduled(
  store: Store,
  cron: string,
  now: number,
  auditDays: number = limits.auditDays,
): Promise<void> {
  if (cron !== FILLING) await runJobs(store, erasing(auditDays), now);
  if (cron !== ERASING) await runJobs(store, filling, now);
}
