/** A file that the reader chose. */
import type { OpenedFile } from "../../../shared/imports/open-file.ts";
import { openFile } from "../../../shared/imports/open-file.ts";
import { FileDecoder } from "../../../shared/imports/text.ts";
import { chunksOf } from "../../files/lines.ts";

/** The browser may hand out megabytes at once; to read those as a table would hold up the page for half a second. */
const PIECE_BYTES = 64 * 1024;

/** What was read of the file, and the file. */
export type ChosenFile = OpenedFile & { file: File };

/** Recognises the file. Null for a file without rows, `archive` for a whole survey. Throws `UnreadableFile`. */
export async function openChosen(file: File): Promise<ChosenFile | "archive" | null> {
  const opened = await openFile((onBytes) => fileText(file, onBytes));
  return opened === null || opened === "archive" ? opened : { ...opened, file };
}

/** The text piece by piece, whatever its encoding. */
async function* fileText(file: Blob, onBytes: (bytes: number) => void = () => {}): AsyncGenerator<string> {
  const decoder = new FileDecoder();
  let bytes = 0;
  for await (const piece of chunksOf(file.stream())) {
    for (let at = 0; at < piece.length; at += PIECE_BYTES) {
      const part = piece.subarray(at, at + PIECE_BYTES);
      bytes += part.length;
      onBytes(bytes);
      yield decoder.decode(part);
    }
  }
  yield decoder.end();
}
