/** Makes a survey from an archive, part by part: a part that comes again changes nothing. */
import type * as z from "zod";
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
import { beginRestoring, endRestoring, noteRestored, storeArchived } from "../db/archive.ts";
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
  /** The places of the part's first and last row in the archive. */
  places: { first: number; last: number } | null;
  end: z.output<typeof archiveEndSchema> | null;
  faults: Fault[];
};

/** What a part did: `created` rows were stored, and `repeated` were there. */
export type RestoredPart = { created: number; repeated: number; faults: Fault[] };

/**
 * Stores a part of an archive. Nothing is stored where a line is faulty, or in a dry run. Throws `conflict` where the survey has
 * answers or another archive, or where a line before the part has not come: then the survey stays closed, and the missing part
 * can be sent.
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
  const { archive, whole, rows: come } = current.restoring;
  mustBeOf(archive, part.end);
  if (whole) return { created: 0, repeated: lines.length, faults: [] };
  const { first, last } = part.places ?? { first: 1, last: 0 };
  mustHaveCome(first - 1, come);
  const restored = { survey: survey.id, archive };
  let created = 0;
  for (const { kind, rows } of part.runs)
    for (const chunk of chunksOf(rows)) created += await storeArchived(store, restored, kind, chunk);
  if (last > come) await noteRestored(store, restored, last);
  if (part.end) {
    mustHaveCome(part.end.rows, Math.max(come, last));
    await endRestoring(store, restored, today(current, now));
  }
  return { created, repeated: lines.length - created, faults: [] };
}

function mustBeOf(archive: string, end: Part["end"]): void {
  if (end && end.archive !== archive)
    throw new Problem("conflict", { detail: "The last line is that of another archive." });
}

function mustHaveCome(wanted: number, come: number): void {
  if (wanted > come)
    throw new Problem("conflict", {
      detail: `Rows ${come + 1} to ${wanted} of the archive have not come. Send its lines in their order.`,
    });
}

async function begin(act: Store, survey: StoredSurvey, head: ArchiveHead, now: number): Promise<StoredSurvey> {
  const { archive, settings, first_open_day: firstOpenDay, purged_before: purgedBefore, filling } = head;
  if (survey.restoring === null)
    await beginRestoring(act, { survey: survey.id, archive }, { settings, firstOpenDay, purgedBefore, filling, now });
  const current = await findSurvey(act, survey.id);
  if (!current) throw new Problem("unknown_survey");
  if (current.restoring?.archive === archive) return current;
  throw new Problem("conflict", {
    detail: current.restoring
      ? "The survey was made from another archive. Make a new survey for this one."
      : "The survey has answers of its own, or invitations. An archive is taken by a new survey.",
  });
}

function judge(lines: readonly ReadLine[]): Part {
  const part: Part = { head: null, runs: [], places: null, end: null, faults: [] };
  for (const line of lines) {
    const fault = "fault" in line ? line.fault : faultOf(() => take(line.value, part));
    if (fault !== null) part.faults.push({ line: line.line, detail: fault });
  }
  return part;
}

function take(value: unknown, part: Part): void {
  const type = isRecord(value) ? String(value.type) : "";
  if (part.end) throw new Problem("invalid", { detail: "stands behind the end of the archive" });
  if (type === "archive") part.head = checked(value, archiveHeadSchema);
  else if (type === "end") part.end = checked(value, archiveEndSchema);
  else if (type === "next") checked(value, archiveNextSchema);
  else if (Object.hasOwn(archivedRows, type)) takeRow(type as ArchivedKind, value, part);
  else throw new Problem("invalid", { detail: "is no line of an archive" });
}

function takeRow(kind: ArchivedKind, value: unknown, part: Part): void {
  const { type: _, n, ...row } = checked<(typeof archivedRows)[ArchivedKind]>(value, archivedRows[kind]);
  const next = part.places && part.places.last + 1;
  part.places = { first: part.places?.first ?? n, last: n };
  if (next !== null && n !== next)
    throw new Problem("invalid", { detail: `is row ${n} of the archive and stands where row ${next} should` });
  const last = part.runs.at(-1);
  if (last?.kind === kind) last.rows.push(row as ArchivedRow);
  else part.runs.push({ kind, rows: [row as ArchivedRow] });
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
