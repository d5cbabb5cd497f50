/** The rows of a file that are refused: the first for the page, all of them for a file of their own. */
import { BYTE_ORDER_MARK, csvLine } from "../../../shared/csv.ts";
import type { FileRow } from "../../../shared/imports/open-file.ts";
import type { ImportPlan } from "../../../shared/imports/plan.ts";
import { separatorHere } from "../../i18n/separator.ts";
import { t } from "../../i18n/translate.ts";
import { reasonText } from "./reasons.ts";

export type RefusedRow = { line: number; reason: string };

/** Rows that the page shows. */
const SHOWN = 100;
/** Rows that wait for those which the collector refuses of the same part. */
const UNSORTED = 5000;
/** So much text is kept as text before the browser takes it as a blob, which it can put on the disk. */
const PIECE_CHARACTERS = 1_000_000;

export class RefusedRows {
  count = 0;
  readonly first: RefusedRow[] = [];
  readonly #blobs: Blob[] = [];
  #unsorted: { row: FileRow; detail: string }[] = [];
  #text: string;

  readonly #plan: ImportPlan;

  constructor(plan: ImportPlan) {
    this.#plan = plan;
    const columns = [t("import_line"), t("import_reason"), ...plan.columns.map(({ header }) => header)];
    this.#text = BYTE_ORDER_MARK + csvLine(columns, separatorHere());
  }

  /** Notes a row. Rows become a part of the list with `settle`, in the order of their lines. */
  add(row: FileRow, detail: string): void {
    this.#unsorted.push({ row, detail });
    if (this.#unsorted.length === UNSORTED) this.settle();
  }

  settle(): void {
    for (const { row, detail } of this.#unsorted.sort((a, b) => a.row.line - b.row.line)) {
      const { line } = row;
      const reason = reasonText(detail);
      if (this.count++ < SHOWN) this.first.push({ line, reason });
      this.#text += csvLine([line, reason, ...row.cells(this.#plan)], separatorHere());
    }
    this.#unsorted = [];
    if (this.#text.length < PIECE_CHARACTERS) return;
    this.#blobs.push(new Blob([this.#text]));
    this.#text = "";
  }

  /** All of them as a CSV for the reader's spreadsheet. */
  file(): Blob {
    return new Blob([...this.#blobs, this.#text], { type: "text/csv" });
  }
}
