/** Fetches the whole survey as one file: the pages of its archive one behind another, each of them kept only when it is whole. */
import type { ArchiveHead } from "../../shared/schema/archive.ts";
import { recordCutter } from "../files/whole-records.ts";
import type { Reply } from "./api.ts";
import { cut, openFile } from "./api.ts";
import { withQuery } from "./api-paths.ts";
import { wait } from "./wait.ts";

/** So often in a row one page may break off; then the file is given up. */
const TRIES = 3;
const FIRST_WAIT_MS = 300;

type Progress = { signal: AbortSignal; onCount: (rows: number) => void };
type LastLine = { type: "next"; cursor: string } | { type: "end"; rows: number };
type ArchivePage = { parts: Uint8Array<ArrayBuffer>[]; lines: number; last: LastLine };

/** `path`: the archive of a survey. Refused with `cut` where not all of it could be had. */
export async function fetchArchive(path: string, { signal, onCount }: Progress): Promise<Reply<Blob>> {
  const parts: BlobPart[] = [];
  let rows = -1;
  let next = path;
  for (let failures = 0; ; ) {
    const come = rows;
    const file = await openFile(next, "application/x-ndjson", signal);
    if (!file.ok && rows < 0 && file.refusal.code !== "offline") return file;
    const page = file.ok ? await readPage(file.value, (lines) => onCount(Math.max(0, come + lines))) : null;
    if (signal.aborted) return cut;
    if (!page) {
      failures++;
      onCount(Math.max(0, rows));
      if (failures === TRIES) return file.ok ? cut : file;
      await wait(FIRST_WAIT_MS * failures, signal);
      continue;
    }
    failures = 0;
    parts.push(...page.parts);
    rows += page.lines;
    if (page.last.type === "next") next = withQuery(path, { cursor: page.last.cursor });
    else return page.last.rows === rows ? { ok: true, value: new Blob(parts, { type: "application/x-ndjson" }) } : cut;
  }
}

/** The lines of a page but the one that leads to the next page; null where the page broke off. The head is a line too. */
async function readPage(file: Response, onLines: (lines: number) => void): Promise<ArchivePage | null> {
  const parts: Uint8Array<ArrayBuffer>[] = [];
  const cutter = recordCutter("ndjson");
  let lines = 0;
  let lastLine: Uint8Array<ArrayBuffer> = new Uint8Array(0);
  let last: LastLine | ArchiveHead;
  const reader = file.body!.getReader();
  try {
    for (let read = await reader.read(); !read.done; read = await reader.read()) {
      const records = cutter(read.value);
      if (!records) continue;
      const { bytes, count, lastStart } = records;
      parts.push(lastLine, bytes.subarray(0, lastStart));
      lastLine = bytes.subarray(lastStart);
      lines += count;
      onLines(lines - 1);
    }
    last = JSON.parse(new TextDecoder().decode(lastLine));
  } catch {
    return null;
  }
  if (last.type !== "next" && last.type !== "end") return null;
  // The head is no row, and neither is the last line.
  return { parts: last.type === "end" ? [...parts, lastLine] : parts, lines: lines - 1, last };
}
