/** Folds the segment values that erasures left in surveys which were too large for the request itself. */
import { listFolding } from "../db/erasure.ts";
import type { Store } from "../db/store.ts";
import { todayOf } from "../respondents/erase.ts";
import { FOLD_ROWS, foldValues } from "../respondents/fold-values.ts";
import type { Done } from "./run.ts";

/** Folds one step of one survey. It costs thirteen queries, which with the erasure of surveys stay within 50. */
export async function foldRest(store: Store, now: number): Promise<Done> {
  const [survey] = await listFolding(store, 1);
  if (survey === undefined) return { done: 0, more: false };
  const more = await foldValues(store, survey, await todayOf(store, survey, now));
  return { done: more ? FOLD_ROWS : 0, more: more || (await listFolding(store, 1)).length > 0 };
}
