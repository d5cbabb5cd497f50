import { useSignal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { useContext, useRef } from "preact/hooks";
import { pngOf, svgText } from "../files/chart-picture.ts";
import { fileName } from "../files/file-name.ts";
import { saveFile } from "../files/save-file.ts";
import type { Table } from "../files/write-csv.ts";
import { writeCsv } from "../files/write-csv.ts";
import { separatorHere } from "../i18n/separator.ts";
import { t } from "../i18n/translate.ts";
import { figureContext, linesOf } from "./figure-context.ts";
import { FiguresTable } from "./figures-table.tsx";
import { Menu } from "./menu.tsx";

type Props = {
  title: string;
  /** The chart's figures, made when they are wanted. */
  table: () => Table;
  class?: string;
  /** What a saved picture says besides the chart: the one figure that a card is about, and sentences. */
  picture?: { figure: string; words: string[] };
  aside?: ComponentChildren;
  children: ComponentChildren;
};

/**
 * A chart with its title, a table of the same figures, and the buttons that save it as a file. The figures are not for the
 * browser's translator: it puts elements of its own in the place of texts, and what is drawn later never reaches the page, so
 * that an old figure would stand beside a new one.
 */
export function Figure({ title, table, class: name = "", picture, aside, children }: Props) {
  const ref = useRef<HTMLElement>(null);
  const open = useSignal(false);
  const context = useContext(figureContext);
  const file = fileName(...(context ? [context.survey, title, context.days.from, context.days.to] : [title]));
  const drawn = () =>
    svgText(ref.current!.querySelector("svg")!, {
      title,
      about: context ? linesOf(context) : [],
      words: [],
      ...picture,
    });
  return (
    <figure ref={ref} class={`figure ${name}`} translate={false}>
      <figcaption translate={true}>
        <h2 key={title}>{title}</h2>
        {aside && <div class="figure-tools">{aside}</div>}
      </figcaption>
      {children}
      <div class="figure-foot">
        <details class="as-table" onToggle={(event) => (open.value = event.currentTarget.open)}>
          <summary>
            {t("as_table")}
            <span class="hidden">: {title}</span>
          </summary>
          {open.value && <FiguresTable title={title} table={table()} />}
        </details>
        <Menu label={t("take_away")} of={title}>
          <button type="button" onClick={() => saveFile(`${file}.svg`, "image/svg+xml", drawn())}>
            SVG
          </button>
          <button type="button" onClick={async () => saveFile(`${file}.png`, "image/png", await pngOf(drawn()))}>
            PNG
          </button>
          <button type="button" onClick={() => saveFile(`${file}.csv`, "text/csv", writeCsv(table(), separatorHere()))}>
            CSV
          </button>
        </Menu>
      </div>
    </figure>
  );
}
