/** The text of a file, piece by piece. */
import { createReadStream } from "node:fs";
import { FileDecoder } from "../../shared/imports/text.ts";

/** The text; `onBytes` is told how many bytes of the file have been read. Throws `UnreadableFile`. */
export async function* fileText(file: string, onBytes: (bytes: number) => void = () => {}): AsyncGenerator<string> {
  const decoder = new FileDecoder();
  let bytes = 0;
  for await (const piece of createReadStream(file)) {
    bytes += (piece as Buffer).length;
    onBytes(bytes);
    yield decoder.decode(piece as Buffer);
  }
  yield decoder.end();
}
