/** Sends the rows of a file to a survey, in parts that are known again when they come twice. */
import type { SurveyClient } from "../../client/index.ts";
import { isAboutPerson, OwnIds } from "../../shared/imports/own-ids.ts";
import { addReply } from "../../shared/imports/sum-replies.ts";
import { limits } from "../../shared/limits.ts";
import type { ImportLine, ImportReply } from "../../shared/schema/import.ts";
import type { FileRow, ImportFile } from "./open-file.ts";

/** A row that is refused, by this machine or by the collector. */
export type RefusedRow = Pick<FileRow, "line" | "cells"> & { detail: string };

export type Sent = {
  /** The sum of the parts, without the refused lines; null where there was nothing to send. */
  reply: ImportReply | null;
  /** Rows of the file, and how many of them were refused. */
  rows: number;
  refused: number;
  /** How many rows bring nothing, by why. */
  leftOut: Map<string, number>;
  /** Lines about people: unsubscribes, and when they were last asked. */
  people: number;
  /** False where the collector refused a line and the rest was not sent. */
  complete: boolean;
};

export type Sending = {
  dryRun: boolean;
  skipInvalid: boolean;
  /** Which lines are sent; the others are passed over. */
  only: "people" | "answers" | "all";
  onRefused(row: RefusedRow): void;
  onProgress(rows: number, bytes: number): void;
};

type Line = { line: ImportLine; row: Pick<FileRow, "line" | "cells"> };

/** A part stays below the 4 MiB of a request, even where each character takes three bytes. */
const PART_CHARACTERS = 1_000_000;

/**
 * Sends the file once from its beginning to its end. It holds one part in memory. Throws `UnreadableFile`, and `VidhukError`
 * where the collector does not answer after all repeats: what was sent until then is stored.
 */
export async function sendFile(file: ImportFile, survey: SurveyClient, sending: Sending): Promise<Sent> {
  const { dryRun, skipInvalid, only } = sending;
  const sent: Sent = { reply: null, rows: 0, refused: 0, leftOut: new Map(), people: 0, complete: true };
  const refuse = (row: RefusedRow) => {
    sent.refused++;
    sending.onRefused(row);
  };
  let bytes = 0;
  let part: Line[] = [];
  let room = PART_CHARACTERS;
  const flush = async () => {
    if (part.length === 0) return;
    const lines = part.map(({ line }) => line);
    const { complete, ...reply } = await survey.import(lines, { source: file.source, dryRun, skipInvalid });
    for (const { line, detail } of reply.refused) refuse({ ...part[line - 1]!.row, detail });
    if (reply.before && reply.after)
      sent.reply = addReply(sent.reply, { ...reply, before: reply.before, after: reply.after, refused: [] }, dryRun);
    sent.complete = complete;
    part = [];
    room = PART_CHARACTERS;
    sending.onProgress(sent.rows, bytes);
  };
  const ids = new OwnIds();
  for await (const { result, ...row } of file.rows((read) => (bytes = read))) {
    sent.rows++;
    if ("fault" in result) refuse({ ...row, detail: result.fault });
    else if ("left_out" in result) sent.leftOut.set(result.left_out, (sent.leftOut.get(result.left_out) ?? 0) + 1);
    else
      for (const each of result.lines) {
        const isPerson = isAboutPerson(each);
        sent.people += Number(isPerson);
        const line = ids.give(each);
        if (only !== "all" && isPerson !== (only === "people")) continue;
        const { length } = JSON.stringify(line);
        if (part.length === limits.importPartLines || length > room) await flush();
        if (!sent.complete) return sent;
        part.push({ line, row });
        room -= length + 1;
      }
  }
  await flush();
  return sent;
}
