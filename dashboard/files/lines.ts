/** Lines of a text that is too long to be kept in memory, and the parts in which they are sent. Pure. */
import { limits } from "../../shared/limits.ts";

export type Line = { text: string };

/** `first`: the number of the part's first line among all, from 1. */
export type Part<Each extends Line = Line> = { text: string; first: number; lines: readonly Each[] };

/** Below what one request takes even where each character takes three bytes. */
const PART_CHARACTERS = limits.importBytes / 4;

/** The lines without their line ends. A line longer than `most` characters ends it with a `RangeError`. */
export async function* linesOf(text: ReadableStream<string>, most: number): AsyncGenerator<Line> {
  let rest = "";
  for await (const piece of chunksOf(text)) {
    const lines = (rest + piece).split("\n");
    rest = lines.pop()!;
    if (rest.length > most) throw new RangeError(`a line is longer than ${most} characters`);
    for (const line of lines) yield { text: line };
  }
  if (rest !== "") yield { text: rest };
}

/** Parts of as many lines as the collector is sent at once. */
export async function* partsOf<Each extends Line>(all: AsyncIterable<Each>): AsyncGenerator<Part<Each>> {
  let lines: Each[] = [];
  let length = 0;
  let first = 1;
  const taken = () => ({ text: lines.map(({ text }) => `${text}\n`).join(""), first, lines });
  for await (const line of all) {
    if (lines.length > 0 && (lines.length === limits.importPartLines || length + line.text.length > PART_CHARACTERS)) {
      yield taken();
      first += lines.length;
      [lines, length] = [[], 0];
    }
    lines.push(line);
    length += line.text.length + 1;
  }
  if (lines.length > 0) yield taken();
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
