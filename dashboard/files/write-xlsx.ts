/**
 * Writes a workbook (.xlsx, ECMA-376) row by row: what has been written is compressed and given to the browser, so that the
 * memory that it takes does not grow with the rows.
 */
import { DAY_MS } from "../../shared/time/calendar.ts";
import type { Entry, EntryWriter } from "./zip.ts";
import { entryOf, openEntry, zipOf } from "./zip.ts";

/** `local`: a wall-clock time as `2026-11-24 18:05:09`. A text is never read as anything else, whatever it begins with. */
export type Cell = string | number | boolean | { local: string } | null | undefined;

/** What a column is called, and how many characters of it are seen. */
export type Column = { name: string; width: number };

export const XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/** What Excel takes at most: rows of a sheet, with the names at their head, and characters (UTF-16 units) of a cell. */
const MOST_ROWS = 1_048_576;
const MOST_CHARACTERS = 32_767;
/** Rows are handed on in pieces of about so many characters. */
const PIECE = 65_536;
/** A sheet's XML may have four GiB; a row may have more than a megabyte. */
const SHEET_CHARACTERS = 2 ** 30;

export type Workbook = {
  /** A cell for each column. Settles when there is room for more. */
  addRow(cells: readonly Cell[]): Promise<void>;
  end(): Promise<Blob>;
};

/**
 * A workbook with one sheet, or with as many of the same columns as Excel needs for the rows. `title` names the first one, the
 * others are numbered. `mostRows` is for tests.
 */
export function openWorkbook(title: string, columns: readonly Column[], mostRows = MOST_ROWS): Workbook {
  const done: Promise<Entry>[] = [];
  let sheet: Sheet | null = null;
  const nextSheet = async () => {
    if (sheet) done.push(sheet.end());
    sheet = await openSheet(`xl/worksheets/sheet${done.length + 1}.xml`, columns);
    return sheet;
  };
  return {
    async addRow(cells) {
      const isFull = sheet === null || sheet.rows >= mostRows || sheet.characters >= SHEET_CHARACTERS;
      await (isFull ? await nextSheet() : sheet!).addRow(cells);
    },
    async end() {
      const last = sheet ?? (await nextSheet());
      const sheets = await Promise.all([...done, last.end()]);
      const around = await Promise.all(
        filesAround(title, sheets.length).map(([name, content]) => entryOf(name, DECLARATION + content)),
      );
      return zipOf([...around, ...sheets], XLSX_TYPE);
    },
  };
}

type Sheet = { rows: number; characters: number; addRow(cells: readonly Cell[]): Promise<void>; end(): Promise<Entry> };

async function openSheet(name: string, columns: readonly Column[]): Promise<Sheet> {
  const entry: EntryWriter = openEntry(name);
  const names = columns.map((_, index) => columnName(index));
  const widths = columns
    .map(({ width }, index) => `<col min="${index + 1}" max="${index + 1}" width="${width}" customWidth="1"/>`)
    .join("");
  // The names stay in sight while the rows are scrolled.
  let waiting =
    `${DECLARATION}<worksheet xmlns="${MAIN}"><sheetViews><sheetView workbookViewId="0">` +
    '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>' +
    `<cols>${widths}</cols><sheetData>`;
  // Where each cell stands could be left out by the standard, but not every program finds the cells then.
  const rowXml = (cells: readonly Cell[], style: number = STYLES.plain) =>
    `<row r="${sheet.rows}">${cells.map((cell, index) => cellXml(`r="${names[index]}${sheet.rows}"`, cell, style)).join("")}</row>`;
  const sheet: Sheet = {
    rows: 0,
    characters: 0,
    async addRow(cells) {
      sheet.rows++;
      const row = rowXml(cells);
      sheet.characters += row.length;
      waiting += row;
      if (waiting.length < PIECE) return;
      const piece = waiting;
      waiting = "";
      await entry.write(piece);
    },
    async end() {
      const all = `A1:${names.at(-1)}${sheet.rows}`;
      // Excel marks texts of digits alone, such as ids, as if they were faults.
      const tail = `</sheetData><autoFilter ref="${all}"/><ignoredErrors><ignoredError sqref="${all}" numberStoredAsText="1"/></ignoredErrors></worksheet>`;
      const [, whole] = await Promise.all([entry.write(waiting + tail), entry.end()]);
      return whole;
    },
  };
  sheet.rows = 1;
  waiting += rowXml(
    columns.map((column) => column.name),
    STYLES.name,
  );
  return sheet;
}

const STYLES = { plain: 0, name: 1, time: 2, quoted: 3 } as const;

function cellXml(at: string, cell: Cell, style: number): string {
  if (cell === null || cell === undefined || cell === "") return "";
  if (typeof cell === "number") return Number.isFinite(cell) ? `<c ${at}><v>${cell}</v></c>` : "";
  if (typeof cell === "boolean") return `<c ${at} t="b"><v>${Number(cell)}</v></c>`;
  if (typeof cell === "object") return `<c ${at} s="${STYLES.time}"><v>${serialDay(cell.local)}</v></c>`;
  // Where somebody edits the cell, Excel would begin to calculate what looks like a formula: this style keeps it a text.
  const kept = /^\s*[=+\-@]/.test(cell) ? STYLES.quoted : style;
  const format = kept === STYLES.plain ? "" : ` s="${kept}"`;
  return `<c ${at}${format} t="inlineStr"><is><t xml:space="preserve">${escaped(cell)}</t></is></c>`;
}

/** Days since the day that spreadsheets count from; the fraction is the time. */
function serialDay(local: string): number {
  return Date.parse(`${local.replace(" ", "T")}Z`) / DAY_MS + 25_569;
}

/** What XML cannot hold is written as Excel writes it, `_x000D_`; what only looks so gets its underscore written so. */
function escaped(text: string): string {
  return cutTo(text, MOST_CHARACTERS)
    .replaceAll(/_(?=x[\da-f]{4}_)/gi, "_x005F_")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll(NOT_XML, (sign) => `_x${sign.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}_`);
}

/** Controls but tab and line feed, two characters that are none, and halves of a pair. */
const NOT_XML = /[^\P{Cc}\t\n]|[\ufffe\uffff]|\p{Cs}/gu;

function cutTo(text: string, units: number): string {
  return text.length <= units ? text : `${text.slice(0, units - 1).replace(/[\ud800-\udbff]$/, "")}…`;
}

/** `A`, … `Z`, `AA`, … */
function columnName(index: number): string {
  const rest = Math.floor(index / 26);
  return (rest > 0 ? columnName(rest - 1) : "") + String.fromCharCode(65 + (index % 26));
}

const DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE = "http://schemas.openxmlformats.org/package/2006";
const CONTENT = "application/vnd.openxmlformats-officedocument.spreadsheetml";

/** Everything in the file but the sheets. */
function filesAround(title: string, sheets: number): [name: string, content: string][] {
  const numbers = Array.from({ length: sheets }, (_, index) => index + 1);
  const sheetName = (number: number) => (number === 1 ? title : `${title} ${number}`);
  const relation = (id: number, type: string, target: string) =>
    `<Relationship Id="rId${id}" Type="${OFFICE}/${type}" Target="${target}"/>`;
  const part = (name: string, type: string) =>
    `<Override PartName="/xl/${name}" ContentType="${CONTENT}.${type}+xml"/>`;
  return [
    [
      "[Content_Types].xml",
      `<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
        part("workbook.xml", "sheet.main") +
        part("styles.xml", "styles") +
        `${numbers.map((number) => part(`worksheets/sheet${number}.xml`, "worksheet")).join("")}</Types>`,
    ],
    [
      "_rels/.rels",
      `<Relationships xmlns="${PACKAGE}/relationships">${relation(1, "officeDocument", "xl/workbook.xml")}</Relationships>`,
    ],
    [
      "xl/workbook.xml",
      `<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets>${numbers
        .map((number) => `<sheet name="${escaped(sheetName(number))}" sheetId="${number}" r:id="rId${number}"/>`)
        .join("")}</sheets></workbook>`,
    ],
    [
      "xl/_rels/workbook.xml.rels",
      `<Relationships xmlns="${PACKAGE}/relationships">${numbers
        .map((number) => relation(number, "worksheet", `worksheets/sheet${number}.xml`))
        .join("")}${relation(sheets + 1, "styles", "styles.xml")}</Relationships>`,
    ],
    ["xl/styles.xml", styles],
  ];
}

/** The formats in the order of `STYLES`. */
const styles =
  `<styleSheet xmlns="${MAIN}"><numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd\\ hh:mm:ss"/></numFmts>` +
  '<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts>' +
  '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>' +
  '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>' +
  '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="4">' +
  '<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>' +
  '<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/>' +
  '<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>' +
  '<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0" quotePrefix="1"/></cellXfs></styleSheet>';
