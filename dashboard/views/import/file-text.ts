/** The text of a file that the reader chose, piece by piece, whatever its encoding. */
import { FileDecoder } from "../../../shared/imports/text.ts";
import { chunksOf } from "../../files/lines.ts";

/** `onBytes` is told how many bytes of the file have been read. Throws `UnreadableFile`. */
export async function* fileText(file: Blob, onBytes: (bytes: number) => void = () => {}): AsyncGenerator<string> {
  const decoder = new FileDecoder();
  let bytes = 0;
  for await (const piece of chunksOf(file.stream())) {
    bytes += piece.length;
    onBytes(bytes);
    yield decoder.decode(piece);
  }
  yield decoder.end();
}
