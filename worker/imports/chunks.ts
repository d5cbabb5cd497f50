/** The rows in parts that a statement can take. */

/** A statement takes at most so many rows and so long a text. D1 bounds a text at 2,000,000 bytes. */
const CHUNK_ROWS = 500;
const CHUNK_CHARACTERS = 400_000;

export function chunksOf<Row>(rows: readonly Row[]): Row[][] {
  const found: Row[][] = [];
  let room = 0;
  for (const row of rows) {
    const { length } = JSON.stringify(row);
    const last = found.at(-1);
    if (last && last.length < CHUNK_ROWS && length <= room) {
      last.push(row);
      room -= length;
    } else {
      found.push([row]);
      room = CHUNK_CHARACTERS - length;
    }
  }
  return found;
}
