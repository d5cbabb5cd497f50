/** The refused rows of a file, as a file of their own: what was wrong, and the row as it stood. */
import { createWriteStream } from "node:fs";
import { rm } from "node:fs/promises";
import { BYTE_ORDER_MARK, csvLine } from "../../shared/csv.ts";
import type { RefusedRow } from "./send.ts";

/** How many refused rows are said in the terminal. */
const SHOWN = 20;

export type RefusedFile = {
  add(row: RefusedRow): void;
  /** Closes the file; without a refused row there is none. */
  end(): Promise<void>;
};

/** Writes `path` anew with the first refused row. The first few are also given to `say`. */
export async function refusedFile(
  path: string,
  headers: readonly string[],
  say: (text: string) => void,
): Promise<RefusedFile> {
  await rm(path, { force: true });
  let stream: ReturnType<typeof createWriteStream> | null = null;
  let count = 0;
  return {
    add({ line, detail, cells }) {
      stream ??= createWriteStream(path);
      if (count === 0) stream.write(BYTE_ORDER_MARK + csvLine(["line", "reason", ...headers], ","));
      stream.write(csvLine([line, detail, ...cells], ","));
      if (++count <= SHOWN) say(`  line ${line} ${detail}`);
      if (count === SHOWN + 1) say(`  … and more, in ${path}`);
    },
    async end() {
      const open = stream;
      if (open) await new Promise<void>((resolve, reject) => open.on("error", reject).end(resolve));
    },
  };
}
