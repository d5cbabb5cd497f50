/** Writes ZIP files (APPNOTE 6.3) whose entries are compressed by the browser while they come, so that none is held in memory. */

export type Entry = { name: string; content: Blob; size: number; crc: number };

/** The format counts bytes in 32 bits; the newer form that counts further is not written here. */
const MOST_BYTES = 0xffff_ffff;
/** 1 January 1980, the first day of the format: a file says when it was made, its entries need not. */
const FIRST_DAY = 0x21;
const VERSION = 20;
const UTF8_NAMES = 0x0800;
const DEFLATED = 8;

export type EntryWriter = {
  /** Settles when the browser has room for more. */
  write(text: string): Promise<void>;
  end(): Promise<Entry>;
};

/** An entry that is written piece by piece. */
export function openEntry(name: string): EntryWriter {
  const compression = new CompressionStream("deflate-raw");
  const writer = compression.writable.getWriter();
  // The browser keeps a blob where it likes, also on disk.
  const content = new Response(compression.readable).blob();
  const encoder = new TextEncoder();
  let size = 0;
  let crc = ~0;
  return {
    async write(text) {
      const bytes = encoder.encode(text);
      size += bytes.length;
      crc = crcAfter(crc, bytes);
      await writer.write(bytes);
    },
    async end() {
      await writer.close();
      return { name, content: await content, size, crc: ~crc >>> 0 };
    },
  };
}

/** An entry of one text. */
export async function entryOf(name: string, text: string): Promise<Entry> {
  const entry = openEntry(name);
  // Whoever waits for the first piece alone waits for a reader that has not begun.
  const [, whole] = await Promise.all([entry.write(text), entry.end()]);
  return whole;
}

/** The file of the entries. Throws RangeError where it, or one of them, is larger than the format can say. */
export function zipOf(entries: readonly Entry[], type: string): Blob {
  const parts: BlobPart[] = [];
  const directory: Uint8Array<ArrayBuffer>[] = [];
  let offset = 0;
  for (const entry of entries) {
    const name = new TextEncoder().encode(entry.name);
    const facts: Field[] = [
      [VERSION, 2],
      [UTF8_NAMES, 2],
      [DEFLATED, 2],
      [0, 2],
      [FIRST_DAY, 2],
      [entry.crc, 4],
      [entry.content.size, 4],
      [entry.size, 4],
      [name.length, 2],
      [0, 2],
    ];
    const head = record([[0x04034b50, 4], ...facts]);
    // In the directory: made by, the facts; no comment, first disk, no attributes, where the entry begins.
    directory.push(
      record([[0x02014b50, 4], [VERSION, 2], ...facts, [0, 2], [0, 2], [0, 2], [0, 4], [offset, 4]]),
      name,
    );
    parts.push(head, name, entry.content);
    offset += head.length + name.length + entry.content.size;
    if (entry.size > MOST_BYTES || offset > MOST_BYTES) throw new RangeError("too large for a ZIP file");
  }
  const length = directory.reduce((sum, part) => sum + part.length, 0);
  const count = entries.length;
  const end = record([
    [0x06054b50, 4],
    [0, 2],
    [0, 2],
    [count, 2],
    [count, 2],
    [length, 4],
    [offset, 4],
    [0, 2],
  ]);
  return new Blob([...parts, ...directory, end], { type });
}

type Field = readonly [value: number, bytes: 2 | 4];

/** The fields one after another, the lowest byte of each first. */
function record(fields: readonly Field[]): Uint8Array<ArrayBuffer> {
  const view = new DataView(new ArrayBuffer(fields.reduce((sum, [, bytes]) => sum + bytes, 0)));
  let at = 0;
  for (const [value, bytes] of fields) {
    if (bytes === 2) view.setUint16(at, value, true);
    else view.setUint32(at, value, true);
    at += bytes;
  }
  return new Uint8Array(view.buffer);
}

const CRC = Int32Array.from({ length: 256 }, (_, index) => {
  let value = index;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  return value;
});

/** The checksum of the format (CRC-32, its bits turned over) once `bytes` have followed what it was of. */
function crcAfter(crc: number, bytes: Uint8Array): number {
  let value = crc;
  for (const byte of bytes) value = (value >>> 8) ^ CRC[(value ^ byte) & 0xff]!;
  return value;
}
