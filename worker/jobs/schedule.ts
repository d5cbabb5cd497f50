/** Which jobs run when. There are several crons, because an invocation on the free plan has 50 queries. */
import { limits } from "../../shared/limits.ts";
import type { JobName } from "../../shared/vocabulary.ts";
import { countedStore } from "../db/counted-store.ts";
import type { Store } from "../db/store.ts";
import type { MailSender } from "../mailings/sender.ts";
import type { Sending } from "../webhooks/send.ts";
import { backfill } from "./backfill.ts";
import { deliver } from "./deliver.ts";
import { eraseSurveys, pace } from "./erase-surveys.ts";
import { expire } from "./expire.ts";
import { foldRest } from "./fold.ts";
import { mail } from "./mail.ts";
import { purge } from "./purge.ts";
import { applyRetention } from "./retention.ts";
import type { Job } from "./run.ts";
import { runJobs } from "./run.ts";
import { watchScores } from "./watch-scores.ts";

/** The crons; wrangler.toml has the same. */
export const crons = {
  deleting: "*/10 * * * *",
  erasing: "2-59/10 * * * *",
  backfilling: "5-59/10 * * * *",
  delivering: "* * * * *",
} as const;

/**
 * For how many days the log is kept, how many rows a day the erasure of deleted surveys may write, and how messages to webhooks
 * and mails are sent (null: none are).
 */
export type Measures = {
  auditDays: number;
  erasureRowsADay: number;
  sending: Sending | null;
  mailing: MailSender | null;
};

const usual: Measures = {
  auditDays: limits.auditDays,
  erasureRowsADay: pace.freeRowsADay,
  sending: null,
  mailing: null,
};

/** Runs the jobs of this cron; for any other text all jobs, since a local machine has no limit of queries. */
export async function runScheduled(database: Store, cron: string, now: number, measures = usual): Promise<void> {
  const store = countedStore(database);
  const all: Readonly<Record<string, Partial<Record<JobName, Job>>>> = {
    [crons.deleting]: { forget: expire(measures.auditDays), clean: purge, retain: applyRetention },
    [crons.erasing]: { erase: eraseSurveys(measures.erasureRowsADay), fold: foldRest, watch: watchScores },
    [crons.backfilling]: { fill: backfill },
    [crons.delivering]: {
      ...(measures.sending && { deliver: deliver(measures.sending) }),
      ...(measures.mailing && { mail: mail(store, measures.mailing) }),
    },
  };
  for (const [when, jobs] of Object.entries(all))
    if (cron === when || !(cron in all)) await runJobs(store, jobs, now, when === crons.delivering);
}
