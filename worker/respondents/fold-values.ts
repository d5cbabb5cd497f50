import { foldChunk } from "../db/erasure.ts";
import type { Store } from "../db/store.ts";

/** Rows that one step looks at, in about a tenth of a second of D1. For most surveys one step is enough. */
export const FOLD_ROWS = 20_000;

/** Does one step of folding the values that an erasure left in the survey. True if more is left, which the cron does. */
export async function foldValues(store: Store, survey: string, day: string): Promise<boolean> {
  return (await foldChunk(store, survey, day, FOLD_ROWS)) === FOLD_ROWS;
}
