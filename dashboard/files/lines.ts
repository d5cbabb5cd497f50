/** Lines of a text that is too long to be kept in memory, and the parts in which they are sent. Pure. */
import { limits } from "../../shared/limits.ts";

/** `first`: the number of the part's first line among all, from 1. */
export type Part = { text: string; first: number; lines: number };

/** Below what one request takes even where each character takes three bytes. */
const PART_CHARACTERS = limits.importBytes / 4;

/** The lines without their line ends. A line longer than `most` characters ends it with a `RangeError`. */
export async function* linesOf(text: ReadableStream<string>, most = limits.importLineBytes): AsyncGenerator<string> {
  let rest = "";
  for await (const piece of chunksOf(text)) {
    const lines = (rest + piece).split("\n");
    rest = lines.pop()!;
    if (rest.length > most) throw new RangeError(`a line is longer than ${most} characters`);
    for (const line of lines) yield line.replace(/\r$/, "");
  }
  if (rest !== "") yield rest.replace(/\r$/, "");
}

/** Parts of as many lines as the collector is sent at once. */
export async function* partsOf(lines: AsyncIterable<string> | Iterable<string>): AsyncGenerator<Part> {
  let text = "";
  let count = 0;
  let first = 1;
  for await (const line of lines) {
    if (count > 0 && (count === limits.importPartLines || text.length + line.length > PART_CHARACTERS)) {
      yield { text, first, lines: count };
      first += count;
      [text, count] = ["", 0];
    }
    text += `${line}\n`;
    count++;
  }
  if (count > 0) yield { text, first, lines: count };
}

/** Not every browser lets a stream be iterated. */
export async function* chunksOf<Chunk>(stream: ReadableStream<Chunk>): AsyncGenerator<Chunk> {
  const reader = stream.getReader();
  try {
    for (let read = await reader.read(); !read.done; read = await reader.read()) yield read.value;
  } finally {
    await reader.cancel();
  }
}
