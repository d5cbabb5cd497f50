/** The text of a file that the reader chose, piece by piece, whatever its encoding. */
import { FileDecoder } from "../../../shared/imports/text.ts";
import { chunksOf } from "../../files/lines.ts";

/** The browser may hand out megabytes at once; to read those as a table would hold up the page for half a second. */
const PIECE_BYTES = 64 * 1024;

/** `onBytes` is told how many bytes of the file have been read. Throws `UnreadableFile`. */
export async function* fileText(file: Blob, onBytes: (bytes: number) => void = () => {}): AsyncGenerator<string> {
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
