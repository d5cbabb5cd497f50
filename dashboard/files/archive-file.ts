/** Looks into a file that may be the archive of a survey, without reading the whole of it. */
import { isRecord } from "../../shared/is-record.ts";
import { limits } from "../../shared/limits.ts";
import type { ArchiveHead } from "../../shared/schema/archive.ts";

export type ArchiveFile = { head: ArchiveHead; rows: number };
export type ArchiveFault = "no_archive" | "other_version" | "cut_off";

/** The longest last line: an archive's name, and how many rows there are. */
const END_BYTES = 1024;

/** The version of the lines that this page can send back; shared/schema/archive.ts declares it beside code that only the collector loads. */
const VERSION: ArchiveHead["version"] = 1;

/** What the first and the last line say; a fault where the file is no archive, or is not whole. */
export async function openArchive(file: Blob): Promise<ArchiveFile | ArchiveFault> {
  const head = parsedLine((await file.slice(0, limits.settingsBytes).text()).split("\n", 1)[0]!);
  if (head?.type !== "archive" || !isRecord(head.settings)) return "no_archive";
  if (head.version !== VERSION) return "other_version";
  const tail = await file.slice(Math.max(0, file.size - END_BYTES)).text();
  const end = parsedLine(tail.trimEnd().split("\n").at(-1)!);
  if (end?.type !== "end" || end.archive !== head.archive) return "cut_off";
  return { head: head as unknown as ArchiveHead, rows: Number(end.rows) };
}

function parsedLine(line: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(line);
    return isRecord(value) ? value : null;
  } catch {
    return null;
  }
}
