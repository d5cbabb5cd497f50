/**
 * A backup's file: SQL that also `sqlite3` and `wrangler d1 execute --file` understand, with a first line that says what it
 * is and a last line that says what it holds. A file that was cut or changed has no last line that fits.
 */
import { createHash } from "node:crypto";
import { once } from "node:events";
import { createReadStream, createWriteStream } from "node:fs";
import { open, rename, rm, stat } from "node:fs/promises";
import { finished } from "node:stream/promises";
import { isRecord } from "../../shared/is-record.ts";
import type { Sums } from "./dump.ts";

const HEAD = "-- vidhuk backup 1";
const END = "-- end ";

/** `migrations`: those that the saved database had, in order. `at`: when it was read. */
export type Contents = Sums & { migrations: string[]; at: string };

/** A backup that cannot be made or taken back; the message says why, for the person at the terminal. */
export class BackupRefused extends Error {}

/**
 * Writes a backup. `fill` writes the statements and tells what they hold. The file gets its name only when it is whole; it is
 * readable by its owner alone, for it holds what people said and the secrets that sign links. Throws where the name is taken.
 */
export async function writeBackup(
  file: string,
  fill: (write: (text: string) => Promise<void>) => Promise<Contents>,
): Promise<Contents> {
  if (await isThere(file)) throw new BackupRefused(`${file} is there already: name another file.`);
  const part = `${file}.part`;
  await rm(part, { force: true });
  const stream = createWriteStream(part, { mode: 0o600 });
  const hash = createHash("sha256");
  const write = async (text: string) => {
    hash.update(text);
    if (!stream.write(text)) await once(stream, "drain");
  };
  try {
    await write(`${HEAD}\n`);
    const contents = await fill(write);
    stream.end(`${END}${JSON.stringify({ ...contents, sha256: hash.digest("hex") })}\n`);
    await finished(stream);
    await flush(part);
    await rename(part, file);
    return contents;
  } catch (error) {
    stream.destroy();
    await rm(part, { force: true });
    throw error;
  }
}

async function flush(path: string): Promise<void> {
  const handle = await open(path);
  await handle.sync();
  await handle.close();
}

async function isThere(file: string): Promise<boolean> {
  return stat(file).then(
    () => true,
    () => false,
  );
}

/** Reads a backup from end to end and gives what it holds. Throws `BackupRefused` where it is none, or is not whole. */
export async function checkBackup(file: string): Promise<Contents> {
  const end = await endOf(file).catch((error: Error) => {
    throw new BackupRefused(`${file} cannot be read: ${error.message}`);
  });
  if (end.head !== `${HEAD}\n`)
    throw new BackupRefused(`${file} is no backup of Vidhuk: its first line would be "${HEAD}". Nothing was changed.`);
  const said = contentsIn(end.line);
  if (!said) throw new BackupRefused(`${file} is not whole: its last line is missing. Nothing was changed.`);
  const hash = createHash("sha256");
  for await (const part of createReadStream(file, { end: end.begin - 1 })) hash.update(part);
  const { sha256, ...contents } = said;
  if (sha256 !== hash.digest("hex"))
    throw new BackupRefused(`${file} was changed or damaged since it was written. Nothing was changed.`);
  return contents;
}

/** Longer than the last line of any backup: it names each table and each migration. */
const LAST_BYTES = 256 * 1024;

/** The first line of a file, and its last one with the byte at which it begins. */
async function endOf(file: string): Promise<{ head: string; line: string; begin: number }> {
  const handle = await open(file);
  try {
    const { size } = await handle.stat();
    const read = async (length: number, position: number) =>
      (await handle.read(Buffer.alloc(length), 0, length, position)).buffer;
    const head = (await read(Math.min(size, HEAD.length + 1), 0)).toString("latin1");
    const from = Math.max(0, size - LAST_BYTES);
    const tail = await read(size - from, from);
    const begin = tail.lastIndexOf(`\n${END}`) + 1;
    return { head, line: begin === 0 ? "" : tail.subarray(begin).toString("utf8"), begin: from + begin };
  } finally {
    await handle.close();
  }
}

function contentsIn(line: string): (Contents & { sha256: string }) | null {
  if (!line.startsWith(END) || !line.endsWith("\n")) return null;
  try {
    const value: unknown = JSON.parse(line.slice(END.length));
    return isRecord(value) && isRecord(value.tables) && Array.isArray(value.migrations) ? (value as never) : null;
  } catch {
    return null;
  }
}

/** The text of a file, in parts. Throws for what is not UTF-8. */
export async function* textOf(file: string): AsyncGenerator<string> {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  for await (const part of createReadStream(file, { highWaterMark: 1 << 20 })) {
    const text = decoder.decode(part, { stream: true });
    if (text !== "") yield text;
  }
  decoder.decode();
}
