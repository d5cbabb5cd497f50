/**
 * Erases the rows of deleted surveys. Its pace leaves room for answers within the rows that D1 lets an account write in a day:
 * a deleted row is billed as a written one, and so is each of its index entries.
 */
import { eraseAnswers } from "../db/answers.ts";
import { forgetRespondentsOf } from "../db/audit.ts";
import { eraseFoldingValues } from "../db/erasure.ts";
import { eraseEvents } from "../db/hook-events.ts";
import { eraseHooks } from "../db/hooks.ts";
import { eraseInvitations } from "../db/invitations.ts";
import { eraseKeys } from "../db/keys.ts";
import { eraseMailings } from "../db/mailings.ts";
import { eraseResponses } from "../db/responses.ts";
import { eraseRollups } from "../db/rollups.ts";
import { eraseSegmentValues } from "../db/segment-values.ts";
import { eraseSigningKeys } from "../db/signing-keys.ts";
import type { Store } from "../db/store.ts";
import { listDeletedSurveys, purgeSurvey } from "../db/surveys.ts";
import { eraseUnnamed } from "../db/unnamed-unsubscribes.ts";
import { eraseUnsubscribes } from "../db/unsubscribes.ts";
import { eraseDeliveries } from "../db/webhook-deliveries.ts";
import { eraseWebhooks } from "../db/webhooks.ts";
import { planOf, plans } from "../plan.ts";
import type { Job } from "./run.ts";

export const pace = {
  runsADay: 144,
  /** Half of what the free plan lets an account write. */
  freeRowsADay: plans.free.rowsWrittenADay / 2,
  /** The paid plan counts by the month: 50 million are in its price. */
  paidRowsADay: 10_000_000,
  /** A response, and its entries by comment, by respondent and by its late change. */
  rowsPerResponse: 4,
  /** Rows of one statement: they keep D1 busy for about a second, in which it runs nothing else. */
  chunk: 10_000,
  /** Statements on responses in one run, so that all tables and the other job of the cron stay within 50 queries. */
  statements: 20,
} as const;

/** How many rows this job may write in a day: the variable ERASURE_ROWS_A_DAY, else a number for the plan. */
export function erasureRowsADay(setting: string | undefined, databaseBytes: number): number {
  if (/^[1-9]\d{2,9}$/.test(setting ?? "")) return Number(setting);
  return planOf(databaseBytes) === "paid" ? pace.paidRowsADay : pace.freeRowsADay;
}

/** How many days the erasure of so many responses takes, if each costs as many rows as a response can. */
export function daysToErase(responses: number, rowsADay: number): number {
  const responsesADay = Math.min(rowsADay / pace.rowsPerResponse, pace.chunk * pace.statements * pace.runsADay);
  return responses / responsesADay;
}

/** The job: one deleted survey a run, or as much of it as the run's share of `rowsADay` allows. */
export function eraseSurveys(rowsADay: number): Job {
  return async (store) => {
    const [survey] = await listDeletedSurveys(store);
    if (survey === undefined) return { done: 0, more: false };
    const { done, empty } = await eraseSurvey(store, survey, Math.floor(rowsADay / pace.runsADay));
    if (empty) await purgeSurvey(store, survey);
    return { done, more: !empty || (await listDeletedSurveys(store)).length > 0 };
  };
}

async function eraseSurvey(store: Store, survey: string, rows: number): Promise<{ done: number; empty: boolean }> {
  let left = rows;
  let done = 0;
  const most = () => Math.max(0, Math.min(pace.chunk, Math.floor(left / pace.rowsPerResponse)));
  for (let statement = 0; ; statement++) {
    const asked = most();
    if (asked === 0 || statement === pace.statements) return { done, empty: false };
    const erased = await eraseResponses(store, survey, asked);
    done += erased.responses;
    left -= erased.rows;
    if (erased.responses < asked) break;
  }
  for (const erase of [
    eraseRollups,
    eraseAnswers,
    eraseInvitations,
    eraseMailings,
    eraseUnsubscribes,
    eraseUnnamed,
    forgetRespondentsOf,
    eraseDeliveries,
    eraseEvents,
  ]) {
    const asked = most();
    const erased = asked === 0 ? 0 : await erase(store, survey, asked);
    done += erased;
    left -= erased * pace.rowsPerResponse;
    if (erased === asked) return { done, empty: false };
  }
  // A survey has few of these rows: a hundred values for each segment, and keys that people made.
  for (const erase of [eraseSegmentValues, eraseFoldingValues, eraseSigningKeys, eraseKeys, eraseWebhooks, eraseHooks])
    done += await erase(store, survey);
  return { done, empty: true };
}
