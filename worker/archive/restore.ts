/** Makes a survey from an archive, part by part: a part that comes again changes nothing. */
import { isRecord } from "../../shared/is-record.ts";
import type { ArchivedKind, ArchiveHead } from "../../shared/schema/archive.ts";
import {
  archivedRows,
  archiveEndSchema,
  archiveHeadSchema,
  archiveNextSchema,
  archiveTypes,
} from "../../shared/schema/archive.ts";
import type { ArchivedRow } from "../db/archive.ts";
import { beginRestoring, endRestoring, storeArchived } from "../db/archive.ts";
import type { Store } from "../db/store.ts";
import type { StoredSurvey } from "../db/surveys.ts";
import { findSurvey } from "../db/surveys.ts";
import { checked } from "../http/body.ts";
import { chunksOf } from "../imports/chunks.ts";
import type { Fault } from "../imports/judge-lines.ts";
import { sentenceOf } from "../imports/judge-lines.ts";
import type { ReadLine } from "../imports/read-lines.ts";
import { Problem } from "../problem.ts";
import { today } from "../surveys/booking-day.ts";

/** Whether the body is a part of an archive: its first line that can be read says so. */
export function isArchive(lines: readonly ReadLine[]): boolean {
  const first = lines.find((line) => "value" in line);
  return (
    first !== undefined && "value" in first && isRecord(first.value) && archiveTypes.includes(String(first.value.type))
  );
}

type Part = {
  head: ArchiveHead | null;
  /** Rows of one kind that stand together. */
  runs: { kind: ArchivedKind; rows: ArchivedRow[] }[];
  isEnd: boolean;
  faults: Fault[];
};

/** What a part did: `created` rows were stored, and `repeated` were there. */
export type RestoredPart = { created: number; repeated: number; faults: Fault[] };

/**
 * Stores a part of an archive. Nothing is stored where a line is faulty, or in a dry run. Throws `conflict` where the survey has
 * answers or another archive, or where the archive's first line has not come.
 */
export async function restorePart(
  { store, act }: { store: Store; act: Store },
  survey: StoredSurvey,
  lines: readonly ReadLine[],
  { dry_run, now }: { dry_run: boolean; now: number },
): Promise<RestoredPart> {
  const part = judge(lines);
  if (part.faults.length > 0 || dry_run)
    return { created: lines.length - part.faults.length, repeated: 0, faults: part.faults };
  const current = part.head ? await begin(act, survey, part.head, now) : survey;
  if (!current.restoring) throw new Problem("conflict", { detail: "The first line of the archive has not come yet." });
  const { archive, whole } = current.restoring;
  if (whole) return { created: 0, repeated: lines.length, faults: [] };
  let created = 0;
  for (const { kind, rows } of part.runs)
    for (const chunk of chunksOf(rows))
      created += await storeArchived(store, { survey: survey.id, archive }, kind, chunk);
  if (part.isEnd) await endRestoring(store, { survey: survey.id, archive }, today(current, now));
  return { created, repeated: lines.length - created, faults: [] };
}

async function begin(act: Store, survey: StoredSurvey, head: ArchiveHead, now: number): Promise<StoredSurvey> {
  const { archive, settings, first_open_day: firstOpenDay, purged_before: purgedBefore } = head;
  if (survey.restoring === null)
    await beginRestoring(act, { survey: survey.id, archive }, { settings, firstOpenDay, purgedBefore, now });
  const current = await findSurvey(act, survey.id);
  if (!current) throw new Problem("unknown_survey");
  if (current.restoring?.archive === archive) return current;
  throw new Problem("conflict", {
    detail: current.restoring
      ? "The survey was made from another archive. Make a new survey for this one."
      : "The survey has answers of its own. An archive is taken by a new survey.",
  });
}

function judge(lines: readonly ReadLine[]): Part {
  const part: Part = { head: null, runs: [], isEnd: false, faults: [] };
  for (const line of lines) {
    const fault = "fault" in line ? line.fault : faultOf(() => take(line.value, part));
    if (fault !== null) part.faults.push({ line: line.line, detail: fault });
  }
  return part;
}

function take(value: unknown, part: Part): void {
  const type = isRecord(value) ? String(value.type) : "";
  if (part.isEnd) throw new Problem("invalid", { detail: "stands behind the end of the archive" });
  if (type === "archive") part.head = checked(value, archiveHeadSchema);
  else if (type === "end") part.isEnd = Boolean(checked(value, archiveEndSchema));
  else if (type === "next") checked(value, archiveNextSchema);
  else if (Object.hasOwn(archivedRows, type)) takeRow(type as ArchivedKind, value, part);
  else throw new Problem("invalid", { detail: "is no line of an archive" });
}

function takeRow(kind: ArchivedKind, value: unknown, { runs }: Part): void {
  const { type: _, ...row } = checked<(typeof archivedRows)[ArchivedKind]>(value, archivedRows[kind]);
  const last = runs.at(-1);
  if (last?.kind === kind) last.rows.push(row as ArchivedRow);
  else runs.push({ kind, rows: [row as ArchivedRow] });
}

function faultOf(act: () => void): string | null {
  try {
    act();
    return null;
  } catch (error) {
    if (error instanceof Problem) return sentenceOf(error);
    throw error;
  }
}
