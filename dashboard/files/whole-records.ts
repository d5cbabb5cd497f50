/** Cuts what comes of a file into whole records: lines of NDJSON, or rows of CSV, in which a quoted cell may hold line ends. Pure. */

const QUOTE = 0x22;
const LINE_FEED = 0x0a;

/** Whole records one after another, how many they are, where the first of them ends, and where the last begins. */
export type Records = { bytes: Uint8Array<ArrayBuffer>; count: number; firstEnd: number; lastStart: number };

/** Takes the parts of a file in UTF-8; gives the records that have become whole with each, null where none has. */
export function recordCutter(form: "csv" | "ndjson"): (part: Uint8Array) => Records | null {
  let pending = new Uint8Array(0);
  let isQuoted = false;
  return (part) => {
    const bytes = new Uint8Array(pending.length + part.length);
    bytes.set(pending);
    bytes.set(part, pending.length);
    let end = 0;
    let firstEnd = 0;
    let lastStart = 0;
    let count = 0;
    // In UTF-8 these two bytes are nothing but the signs themselves, wherever a part was cut.
    for (let at = pending.length; at < bytes.length; at++) {
      if (bytes[at] === QUOTE && form === "csv") isQuoted = !isQuoted;
      else if (bytes[at] === LINE_FEED && !isQuoted) {
        lastStart = end;
        end = at + 1;
        firstEnd ||= end;
        count++;
      }
    }
    pending = bytes.slice(end);
    return count === 0 ? null : { bytes: bytes.subarray(0, end), count, firstEnd, lastStart };
  };
}
