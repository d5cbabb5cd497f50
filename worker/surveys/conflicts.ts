/** Finds whether a save of settings would overwrite a change that its sender has not seen. */
import type { ProblemConflict } from "../../shared/problem.ts";
import type { LoggedChange } from "../db/audit.ts";
import { listSettingsChanges } from "../db/audit.ts";
import type { Store } from "../db/store.ts";
import type { StoredSurvey } from "../db/surveys.ts";
import { Problem } from "../problem.ts";

/** `madeOn`: the version (ms) that the save was made on. `fields`: pointers of the fields that it would change now. */
type Save = { madeOn: number; fields: readonly string[] };

/** After more changes than this, the changes are taken as unknown, as they are where the log does not reach back. */
const MOST_CHANGES = 200;

/** Throws `conflict` where the save would change a field that somebody else has changed since the version it was made on. */
export async function refuseConflicts(store: Store, survey: StoredSurvey, { madeOn, fields }: Save): Promise<void> {
  if (madeOn === survey.updatedAt || fields.length === 0) return;
  const query = { survey: survey.id, after: madeOn, limit: MOST_CHANGES };
  const changes = await listSettingsChanges(store, query);
  const conflicts = conflictsOf(fields, isWhole(changes, madeOn, survey.updatedAt) ? changes : null);
  if (conflicts.length === 0) return;
  const errors = conflicts.map(({ pointer, key, at }) => ({
    pointer,
    detail: key === null ? "was changed meanwhile" : `was changed meanwhile by the key ${key} at ${at}`,
  }));
  throw new Problem("conflict", { errors, conflicts });
}

/** Whether the changes lead from one version to the other, each made on the one before it. */
function isWhole(changes: readonly LoggedChange[], from: number, to: number): boolean {
  let version = from;
  for (const { before, at } of changes) {
    if (before !== version) return false;
    version = at;
  }
  return version === to;
}

/** The fields that others have changed too. `changes`: null if they are unknown: any field may then have been changed. */
function conflictsOf(fields: readonly string[], changes: readonly LoggedChange[] | null): ProblemConflict[] {
  return fields.flatMap((pointer): ProblemConflict[] => {
    const last = changes?.findLast((change) => change.fields.includes(pointer));
    if (last) return [{ pointer, key: last.key, at: new Date(last.at).toISOString() }];
    return changes ? [] : [{ pointer, key: null, at: null }];
  });
}
