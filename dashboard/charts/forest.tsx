import { formatNumber } from "../i18n/format.ts";
import { boundsAround, linear, ticks } from "./scale.ts";
import { shortLabel } from "./short-label.ts";
import { useWidth } from "./width.ts";

export type ForestRow = {
  key: string;
  label: string;
  score: number | null;
  interval: { low: number; high: number } | null;
};

type Props = { rows: ForestRow[]; limits: readonly [number, number]; overall: number | null };

const ROW = 32;
const FOOT = 24;

/** Scores side by side on one scale, each with its interval; the line down the middle is the score of all together. */
export function Forest({ rows, limits, overall }: Props) {
  const { ref, width } = useWidth();
  if (width === 0) return <div ref={ref} class="forest" />;
  const labels = Math.min(220, Math.max(90, width * 0.34));
  const values = rows.flatMap((row) =>
    row.interval ? [row.interval.low, row.interval.high] : row.score === null ? [] : [row.score],
  );
  const bounds = boundsAround(overall === null ? values : [...values, overall], limits, 40);
  const x = linear(bounds, [labels + 12, width - 44]);
  const foot = rows.length * ROW;
  const most = Math.floor(labels / 7.2);
  return (
    <div ref={ref} class="forest">
      <svg width={width} height={foot + FOOT} viewBox={`0 0 ${width} ${foot + FOOT}`} aria-hidden="true">
        {ticks(...bounds, width < 500 ? 3 : 5).map((value) => (
          <g key={value}>
            <line class="grid" x1={x(value)} x2={x(value)} y1={0} y2={foot} />
            <text class="tick" x={x(value)} y={foot + 17} text-anchor="middle">
              {formatNumber(value)}
            </text>
          </g>
        ))}
        {overall !== null && <line class="overall" x1={x(overall)} x2={x(overall)} y1={0} y2={foot} />}
        {rows.map((row, index) => {
          const middle = index * ROW + ROW / 2;
          return (
            <g key={row.key}>
              <text class="label" x={0} y={middle + 4}>
                {shortLabel(row.label, most)}
              </text>
              {row.interval && (
                <line class="whisker" x1={x(row.interval.low)} x2={x(row.interval.high)} y1={middle} y2={middle} />
              )}
              {row.score !== null && <circle class="dot" cx={x(row.score)} cy={middle} r={5} />}
              <text class="amount" x={width} y={middle + 4} text-anchor="end">
                {row.score === null ? "–" : formatNumber(row.score)}
              </text>
            </g>
          );
        })}
      </svg>
    </div>
  );
}
