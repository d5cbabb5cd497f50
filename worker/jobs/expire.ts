/** Deletes what may be kept for a time only: the salts of past days, and acts in the audit log that are older than is set. */

import { limits } from "../../shared/limits.ts";
import { DAY_MS } from "../../shared/time/calendar.ts";
import { purgeActs } from "../db/audit.ts";
import { rotateSalts } from "../db/salts.ts";
import type { Job } from "./run.ts";

const CHUNK = 1000;

/** The job that keeps acts for `auditDays`. */
export function expire(auditDays: number): Job {
  return async (store, now) => {
    await rotateSalts(store, now);
    const done = await purgeActs(store, now - auditDays * DAY_MS, CHUNK);
    return { done, more: done === CHUNK };
  };
}

/** For how many days acts are kept, by the variable AUDIT_DAYS: what is no whole number from 1 on leaves the default. */
export function auditDaysOf(setting: string | undefined): number {
  return /^[1-9]\d{0,4}$/.test(setting ?? "") ? Number(setting) : limits.auditDays;
}
