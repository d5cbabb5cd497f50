/** Fetches all answers of a list as one file, and goes on by itself behind the last whole row where the connection breaks off. */
import type { ResponseItem } from "../../shared/schema/comment.ts";
import type { Page } from "../../shared/schema/paging.ts";
import { recordCutter } from "../files/whole-records.ts";
import type { Reply } from "./api.ts";
import { cut, get, openFile } from "./api.ts";
import { withQuery } from "./api-paths.ts";
import { wait } from "./wait.ts";

const FORMS = { csv: "text/csv", ndjson: "application/x-ndjson" } as const;

/** So many requests in a row may bring no row; then the file is given up. */
const TRIES = 3;
const FIRST_WAIT_MS = 300;
/** A list of a million answers needs a hundred on a plan that ends a request early. */
const REQUESTS = 1000;

type Options = {
  signal: AbortSignal;
  /** Gets whole rows, the head of a CSV among them, and how many of them are answers. What it does is waited for. */
  onRows: (rows: Uint8Array<ArrayBuffer>, answers: number) => void | Promise<void>;
};

/** `path`: a list of responses with its filters. Refused with `cut` where not all of it could be had. */
export async function fetchAnswers(
  path: string,
  form: keyof typeof FORMS,
  { signal, onRows }: Options,
): Promise<Reply<null>> {
  let columns: string | null = null;
  let last: string | undefined;
  let hasHead = form === "ndjson";
  let failures = 0;
  for (let request = 0; request < REQUESTS; request++) {
    const file = await openFile(last === undefined ? path : withQuery(path, { after: last }), FORMS[form], signal);
    let isEnded = false;
    let hasCome = false;
    let isHeadDue = form === "csv" && last === undefined;
    if (!file.ok && request === 0) return file;
    if (file.ok) {
      const names = file.value.headers.get("Vidhuk-Columns");
      // A segment was declared meanwhile: what comes now does not go with what has come.
      if (request > 0 && hasHead && names !== columns) return cut;
      columns = names;
      const cutter = recordCutter(form);
      const reader = file.value.body!.getReader();
      try {
        for (let read = await reader.read(); !read.done; read = await reader.read()) {
          const records = cutter(read.value);
          if (!records) continue;
          const { bytes, count, firstEnd, lastStart } = records;
          if (isHeadDue && !hasHead) await onRows(bytes.subarray(0, firstEnd), 0);
          const rows = bytes.subarray(isHeadDue ? firstEnd : 0);
          const answers = count - Number(isHeadDue);
          isHeadDue = false;
          hasHead = true;
          if (answers === 0) continue;
          await onRows(rows, answers);
          hasCome = true;
          last = idOf(bytes.subarray(lastStart));
        }
        isEnded = true;
      } catch {
        if (signal.aborted) return cut;
      }
    }
    if (isEnded && hasHead && (last === undefined || (await isNothingBehind(path, last, signal))))
      return { ok: true, value: null };
    failures = hasCome ? 0 : failures + 1;
    if (failures === TRIES) return cut;
    if (failures > 0) await wait(FIRST_WAIT_MS * failures, signal);
    if (signal.aborted) return cut;
  }
  return cut;
}

/** A proxy may end what was cut as if it were whole, and a cut may fall between two rows: the list itself knows. */
async function isNothingBehind(path: string, last: string, signal: AbortSignal): Promise<boolean> {
  let next: string | null = null;
  do {
    const position: Record<string, string> = next === null ? { after: last } : { cursor: next };
    const page: Reply<Page<ResponseItem>> = await get(withQuery(path, { ...position, limit: "1" }), signal);
    if (!page.ok || page.value.items.length > 0) return false;
    ({ next } = page.value);
  } while (next !== null);
  return true;
}

const ID = /[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}/;

/** The id of a response stands at the beginning of its row in either form. */
function idOf(row: Uint8Array): string | undefined {
  return ID.exec(new TextDecoder().decode(row.subarray(0, 60)))?.[0];
}
