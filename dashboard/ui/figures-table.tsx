import type { Table } from "../files/write-csv.ts";
import { formatNumber } from "../i18n/format.ts";
import { t } from "../i18n/translate.ts";

/** A chart's figures as a table that scrolls in itself. */
export function FiguresTable({ title, table }: { title: string; table: Table }) {
  return (
    <section class="scrolls" aria-label={title} tabindex={0}>
      <table>
        <thead>
          <tr>
            {table.columns.map((column) => (
              <th key={column} scope="col">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {table.rows.map((row, index) => (
            <tr key={`${row[0]}-${index}`}>{row.map((value, column) => (column === 0 ? head(value) : cell(value)))}</tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function head(value: string | number | null) {
  return <th scope="row">{shown(value)}</th>;
}

function cell(value: string | number | null) {
  return <td class={typeof value === "string" ? "" : "number"}>{shown(value)}</td>;
}

function shown(value: string | number | null) {
  if (value === null) return <span title={t("nobody")}>–</span>;
  return typeof value === "number" ? formatNumber(value, Number.isInteger(value) ? 0 : decimalsOf(value)) : value;
}

function decimalsOf(value: number): number {
  return Math.min(3, String(value).split(".")[1]?.length ?? 0);
}
