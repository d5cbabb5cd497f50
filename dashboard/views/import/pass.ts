/** One way through a file: each row is read, and what it brings is sent, or in a dry run only asked about. */
import type { Signal } from "@preact/signals";
import { signal } from "@preact/signals";
import type { FileRow } from "../../../shared/imports/open-file.ts";
import { isAboutPerson, OwnIds } from "../../../shared/imports/own-ids.ts";
import type { ImportPlan } from "../../../shared/imports/plan.ts";
import { addReply } from "../../../shared/imports/sum-replies.ts";
import type { ImportReply } from "../../../shared/schema/import.ts";
import { sendLines } from "../../data/api.ts";
import { importPath } from "../../data/api-paths.ts";
import type { Ending, Sending } from "../../data/send-parts.ts";
import { sendParts } from "../../data/send-parts.ts";
import type { Line } from "../../files/lines.ts";
import { partsOf } from "../../files/lines.ts";
import type { ChosenFile } from "./chosen-file.ts";
import { RefusedRows } from "./refused-rows.ts";

export type Tally = {
  /** Rows of the file that were read so far. */
  rows: number;
  /** How much of the pass is done, from 0 to 1. */
  done: number;
  /** The sum of the collector's replies; null before the first. */
  reply: ImportReply | null;
  /** Lines about people, and rows that bring nothing by the reason. */
  people: number;
  leftOut: ReadonlyMap<string, number>;
  /** The day of the oldest answer that was read; null before the first. */
  firstDay: string | null;
  refused: RefusedRows;
};

export type Pass = {
  tally: Signal<Tally>;
  isBusy: Signal<boolean>;
  ending: Signal<Ending | null>;
  /** Begins, or goes on after an ending. */
  goOn(): Promise<void>;
  stop(): void;
};

type Wanted = {
  survey: string;
  file: ChosenFile;
  plan: ImportPlan;
  dryRun: boolean;
  /** Asked before each part: whether refused rows are left out, where they would keep their part from being stored. */
  leavesOut: () => boolean;
  /** Whether the lines about people go first: nobody may be asked while the answers are being stored. */
  peopleFirst: boolean;
};

type Kind = "people" | "answers" | "all";

export function openPass(wanted: Wanted): Pass {
  const { survey, file, plan, dryRun, leavesOut, peopleFirst } = wanted;
  const tally = signal<Tally>({
    ...{ rows: 0, done: 0, reply: null, people: 0, leftOut: new Map(), firstDay: null },
    refused: new RefusedRows(plan),
  });
  const isBusy = signal(false);
  const ending = signal<Ending | null>(null);
  const all: readonly Kind[] = peopleFirst ? ["people", "answers"] : ["all"];
  const kinds = [...all];
  let sending: Sending | null = null;
  let flight = new AbortController();

  const open = (kind: Kind): Sending => {
    const { refused } = tally.value;
    const read: Read = { rows: 0, done: 0, people: 0, leftOut: new Map(), firstDay: null };
    const show = (reply: ImportReply | null) => {
      refused.settle();
      tally.value = { ...read, leftOut: new Map(read.leftOut), reply, refused };
    };
    const onBytes = (bytes: number) => {
      read.done = (all.indexOf(kind) + bytes / file.file.size) / all.length;
    };
    const parts = sendParts(
      partsOf(linesOfFile(file.rows(plan, onBytes), plan, kind, { read, refused })),
      (part, signal) => {
        const query = { source: plan.source, dry_run: `${dryRun}`, skip_invalid: `${leavesOut()}` };
        return sendLines(importPath(survey, query), part.text, signal);
      },
      ({ lines }, { isStored: _, ...reply }) => {
        for (const { line, detail } of reply.refused) refused.add(lines[line - 1]!.row, detail);
        show(addReply(tally.value.reply, { ...reply, refused: [] }, dryRun));
      },
    );
    return {
      async goOn(signal) {
        const last = await parts.goOn(signal);
        show(tally.value.reply);
        return last;
      },
    };
  };

  return {
    ...{ tally, isBusy, ending },
    async goOn() {
      if (isBusy.value) return;
      flight = new AbortController();
      isBusy.value = true;
      ending.value = null;
      let last: Ending = { how: "done" };
      while (last.how === "done" && kinds.length > 0) {
        sending ??= open(kinds[0]!);
        last = await sending.goOn(flight.signal);
        if (last.how !== "done") break;
        sending = null;
        kinds.shift();
      }
      ending.value = last;
      isBusy.value = false;
    },
    stop: () => flight.abort(),
  };
}

type SentLine = Line & { row: FileRow };

/** What is noted of the rows while they are read. */
type Read = Omit<Tally, "reply" | "leftOut" | "refused"> & { leftOut: Map<string, number> };
type Notes = { read: Read; refused: RefusedRows };

/** The lines of one kind that the file brings. Rows that cannot be read are noted by the way that sends answers. */
async function* linesOfFile(
  rows: AsyncIterable<FileRow>,
  plan: ImportPlan,
  kind: Kind,
  { read, refused }: Notes,
): AsyncGenerator<SentLine> {
  const ids = new OwnIds();
  for await (const row of rows) {
    read.rows++;
    const result = row.read(plan);
    if ("fault" in result) {
      if (kind !== "people") refused.add(row, result.fault);
    } else if ("left_out" in result) countReason(read.leftOut, result.left_out);
    else
      for (const each of result.lines) {
        const isPerson = isAboutPerson(each);
        if (isPerson) read.people++;
        else if (read.firstDay === null || each.created_at < read.firstDay)
          read.firstDay = each.created_at.slice(0, 10);
        const line = ids.give(each);
        if (kind === "all" || isPerson === (kind === "people")) yield { text: JSON.stringify(line), row };
      }
  }
}

/** A column that was taken for another may give each row a reason of its own. */
const REASONS = 20;
const OTHER_REASON = "brings nothing for another reason";

function countReason(counts: Map<string, number>, reason: string): void {
  const name = counts.has(reason) || counts.size < REASONS ? reason : OTHER_REASON;
  counts.set(name, (counts.get(name) ?? 0) + 1);
}
