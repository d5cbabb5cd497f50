import { foldChunk } from "../db/erasure.ts";
import type { Store } from "../db/store.ts";

/** Rows looked through in one step: a tenth of a second for D1. Most surveys are smaller, and done in the first. */
export const FOLD_ROWS = 20_000;

/** One step of folding what an erasure left behind in the survey; true while there is more, which the cron does. */
export async function foldValues(store: Store, survey: string, day: string): Promise<boolean> {
  return (await foldChunk(store, survey, day, FOLD_ROWS)) === FOLD_ROWS;
}
