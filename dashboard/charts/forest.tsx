import { formatNumber } from "../i18n/format.ts";
import { RowLinks } from "./row-links.tsx";
import { boundsAround, linear, ticks } from "./scale.ts";
import { shortLabel } from "./short-label.ts";
import { useWidth } from "./width.ts";

export type ForestRow = {
  key: string;
  label: string;
  score: number | null;
  interval: { low: number; high: number } | null;
  answers: number;
  /** Whether it has so few answers that it is a hint only. */
  isFaint: boolean;
  /** Where a press on the row leads. */
  href?: string | undefined;
};

type Props = {
  rows: ForestRow[];
  limits: readonly [number, number];
  overall: number | null;
  /** Over the two columns of figures: the score, the answers. */
  headings: readonly [score: string, answers: string];
};

const ROW = 32;
const HEAD = 24;
const FOOT = 24;
/** px of the column of scores, and of that of answers. */
const SCORES = 48;
const ANSWERS = 76;

/** Scores side by side on one scale, each with its interval and its answers; the line down the middle is the score of all together. */
export function Forest({ rows, limits, overall, headings }: Props) {
  const { ref, width } = useWidth();
  if (width === 0) return <div ref={ref} class="forest" />;
  const labels = Math.min(220, Math.max(90, width * 0.34));
  const values = rows.flatMap((row) =>
    row.interval ? [row.interval.low, row.interval.high] : row.score === null ? [] : [row.score],
  );
  const bounds = boundsAround(overall === null ? values : [...values, overall], limits, 40);
  const x = linear(bounds, [labels + 12, width - SCORES - ANSWERS]);
  const foot = HEAD + rows.length * ROW;
  const most = Math.floor(labels / 7.2);
  return (
    <div ref={ref} class="forest">
      <svg width={width} height={foot + FOOT} viewBox={`0 0 ${width} ${foot + FOOT}`} aria-hidden="true">
        {headings.map((heading, index) => (
          <text class="tick" key={heading} x={index === 0 ? width - ANSWERS : width} y={13} text-anchor="end">
            {heading}
          </text>
        ))}
        {ticks(...bounds, width < 500 ? 3 : 5).map((value) => (
          <g key={value}>
            <line class="grid" x1={x(value)} x2={x(value)} y1={HEAD} y2={foot} />
            <text class="tick" x={x(value)} y={foot + 17} text-anchor="middle">
              {formatNumber(value)}
            </text>
          </g>
        ))}
        {overall !== null && <line class="overall" x1={x(overall)} x2={x(overall)} y1={HEAD} y2={foot} />}
        {rows.map((row, index) => {
          const middle = HEAD + index * ROW + ROW / 2;
          return (
            <g key={row.key} class={row.isFaint ? "faint" : undefined}>
              <text class="label" x={0} y={middle + 4}>
                {shortLabel(row.label, most)}
              </text>
              {row.interval && (
                <line class="whisker" x1={x(row.interval.low)} x2={x(row.interval.high)} y1={middle} y2={middle} />
              )}
              {row.score !== null && <circle class="dot" cx={x(row.score)} cy={middle} r={5} />}
              <text class="amount" x={width - ANSWERS} y={middle + 4} text-anchor="end">
                {row.score === null ? "–" : formatNumber(row.score)}
              </text>
              <text class="tick" x={width} y={middle + 4} text-anchor="end">
                {formatNumber(row.answers)}
              </text>
            </g>
          );
        })}
      </svg>
      <RowLinks rows={rows} top={HEAD} height={ROW} />
    </div>
  );
}
