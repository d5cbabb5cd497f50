/** Lines of an import, sent in parts. */
import { addReply } from "../shared/imports/sum-replies.ts";
import { limits } from "../shared/limits.ts";
import { errorOfProblem } from "./error.ts";
import type { Asked } from "./lists.ts";
import type { Transport } from "./transport.ts";
import type { ImportLine, ImportReply, ProblemBody } from "./types.ts";

export type ImportOptions = Asked & {
  /** Where the answers come from: two sources may use the same ids. */
  source?: string;
  /** Says what would be stored, and stores nothing. */
  dryRun?: boolean;
  /** Leaves out lines that are refused; without it the first part that has one is not stored, and the import ends there. */
  skipInvalid?: boolean;
  /** Told after each part. */
  onPart?: (soFar: Imported) => void;
};

/**
 * The sum of all parts. `refused` has the refused lines by their number among all lines, from 1. `before` is from before the
 * first part and `after` from after the last; both are null where there was no line.
 */
export type Imported = Omit<ImportReply, "before" | "after"> & {
  before: ImportReply["before"] | null;
  after: ImportReply["after"] | null;
  /** Whether all lines were sent: false where the import ended at a refused line. */
  complete: boolean;
};

const nothing = { lines: 0, created: 0, repeated: 0, refused: [], refused_total: 0, before: null, after: null };

/** Below what one request takes, 4 MiB, even where each character takes three bytes. */
const PART_CHARACTERS = 1_000_000;

export async function importLines(
  transport: Transport,
  path: string,
  lines: Iterable<ImportLine> | AsyncIterable<ImportLine>,
  { source, dryRun = false, skipInvalid = false, onPart, signal }: ImportOptions,
): Promise<Imported> {
  const query = { source, dry_run: dryRun, skip_invalid: skipInvalid };
  let all: ImportReply | null = null;
  let complete = true;
  const imported = (): Imported => ({ ...(all ?? nothing), complete });
  for await (const body of partsOf(lines)) {
    const call = { query, body, headers: { "Content-Type": "application/x-ndjson" }, signal };
    const sent = { ...call, repeatable: true, reads422: true };
    const reply = await transport.read("POST", path, sent, async (each) => {
      const read = (await each.json()) as ImportReply | ProblemBody;
      if ("code" in read) throw errorOfProblem(read, null);
      return { ...read, isRefused: each.status === 422 };
    });
    const before: number = all?.lines ?? 0;
    const refused = reply.refused.map(({ line, detail }) => ({ line: before + line, detail }));
    complete = dryRun || !reply.isRefused;
    const { isRefused: _, ...part } = reply;
    // Of a part that was refused the reply says what would have been stored.
    const stored = complete ? part : { ...part, created: 0, repeated: 0, after: part.before };
    all = addReply(all, { ...stored, refused }, dryRun);
    onPart?.(imported());
    if (!complete) break;
  }
  return imported();
}

async function* partsOf(lines: Iterable<ImportLine> | AsyncIterable<ImportLine>): AsyncGenerator<string> {
  let part = "";
  let count = 0;
  for await (const line of lines) {
    const text = `${JSON.stringify(line)}\n`;
    if (count > 0 && (count === limits.importPartLines || part.length + text.length > PART_CHARACTERS)) {
      yield part;
      [part, count] = ["", 0];
    }
    part += text;
    count++;
  }
  if (count > 0) yield part;
}
