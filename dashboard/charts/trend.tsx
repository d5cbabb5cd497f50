import { useSignal } from "@preact/signals";
import { formatDay, formatNumber } from "../i18n/format.ts";
import type { Scale } from "./scale.ts";
import { boundsAround, linear, spread, ticks } from "./scale.ts";
import { useWidth } from "./width.ts";

export type TrendPoint = {
  start: string;
  end: string;
  score: number | null;
  low: number | null;
  high: number | null;
  /** What is read out when one points at it. */
  describe: () => string;
};

type Props = {
  points: TrendPoint[];
  limits: readonly [number, number];
  target: number | null;
  hint: string;
  /** Of the line that arrow keys move, for those who do not see it. */
  label: string;
};

const HEIGHT = 260;
const MARGIN = { left: 40, right: 12, top: 12, bottom: 26 };

/**
 * A score through time with its interval as a band. Where nobody answered there is no line. Each point is read by mouse, by
 * finger, and by arrow keys: the browser's own slider lies over the drawing, for it speaks to every screen reader.
 */
export function Trend({ points, limits, target, hint, label }: Props) {
  const { ref, width } = useWidth();
  const seen = useSignal<number | null>(null);
  if (width === 0) return <div ref={ref} class="trend" />;
  const values = points.flatMap((point) =>
    point.score === null ? [] : [point.low ?? point.score, point.high ?? point.score],
  );
  const bounds = boundsAround(target === null || values.length === 0 ? values : [...values, target], limits, 40);
  const x = linear([0, Math.max(1, points.length - 1)], [MARGIN.left + 6, width - MARGIN.right - 6]);
  const y = linear(bounds, [HEIGHT - MARGIN.bottom, MARGIN.top]);
  const place = (index: number) => (points.length === 1 ? width / 2 : x(index));
  const last = points.length - 1;
  const at = seen.value === null ? null : Math.min(seen.value, last);
  const current = at === null ? null : points[at];
  const leave = () => {
    seen.value = null;
  };

  const look = (event: PointerEvent) => {
    const left = event.clientX - (event.currentTarget as Element).getBoundingClientRect().left;
    const part = (left - x(0)) / (x(1) - x(0));
    seen.value = Math.max(0, Math.min(last, Math.round(part)));
  };

  return (
    <div ref={ref} class="trend">
      <p class="readout">{current ? current.describe() : hint}</p>
      <svg
        width={width}
        height={HEIGHT}
        viewBox={`0 0 ${width} ${HEIGHT}`}
        aria-hidden="true"
        onPointerDown={look}
        onPointerMove={look}
        // A finger is lifted to read what is beneath it.
        onPointerLeave={(event) => event.pointerType === "mouse" && leave()}
      >
        {ticks(...bounds, 4).map((value) => (
          <g key={value}>
            <line
              class={value === 0 && bounds[0] < 0 ? "axis" : "grid"}
              x1={MARGIN.left}
              x2={width - MARGIN.right}
              y1={y(value)}
              y2={y(value)}
            />
            <text class="tick" x={MARGIN.left - 8} y={y(value) + 4} text-anchor="end">
              {formatNumber(value)}
            </text>
          </g>
        ))}
        {spread(points.length, Math.floor((width - MARGIN.left) / tickWidth(points))).map((index) => (
          <text class="tick" key={index} x={place(index)} y={HEIGHT - 6} text-anchor={index === 0 ? "start" : "middle"}>
            {formatDay(points[index]!.start)}
          </text>
        ))}
        {target !== null && (
          <line class="target" x1={MARGIN.left} x2={width - MARGIN.right} y1={y(target)} y2={y(target)} />
        )}
        {runsOf(points).map((run) => (
          <g key={run[0]}>
            <path class="band" d={bandPath(run, points, place, y)} />
            <path class="line" d={linePath(run, points, place, y)} />
            {run.length === 1 && <circle class="dot" cx={place(run[0]!)} cy={y(points[run[0]!]!.score!)} r={3.5} />}
          </g>
        ))}
        {current && at !== null && (
          <g>
            <line class="cursor" x1={place(at)} x2={place(at)} y1={MARGIN.top} y2={HEIGHT - MARGIN.bottom} />
            {current.score !== null && <circle class="dot" cx={place(at)} cy={y(current.score)} r={4.5} />}
          </g>
        )}
      </svg>
      <input
        type="range"
        max={last}
        value={at ?? last}
        aria-label={label}
        aria-valuetext={points[at ?? last]?.describe()}
        onFocus={() => (seen.value ??= last)}
        onBlur={leave}
        onInput={(event) => (seen.value = event.currentTarget.valueAsNumber)}
      />
    </div>
  );
}

/** px that a day below the line needs: more where its year has to be said. */
function tickWidth(points: readonly TrendPoint[]): number {
  return points[0]?.start.startsWith(String(new Date().getFullYear())) ? 86 : 130;
}

/** Stretches of points that have a score, as indexes. */
function runsOf(points: readonly TrendPoint[]): number[][] {
  const runs: number[][] = [];
  points.forEach((point, index) => {
    if (point.score === null) return;
    if (index > 0 && points[index - 1]!.score !== null) runs.at(-1)!.push(index);
    else runs.push([index]);
  });
  return runs;
}

function linePath(run: number[], points: readonly TrendPoint[], x: Scale, y: Scale): string {
  return `M${run.map((index) => `${round(x(index))},${round(y(points[index]!.score!))}`).join("L")}`;
}

function bandPath(run: number[], points: readonly TrendPoint[], x: Scale, y: Scale): string {
  const edge = (side: "low" | "high") => (index: number) =>
    `${round(x(index))},${round(y(points[index]![side] ?? points[index]!.score!))}`;
  return `M${run.map(edge("high")).join("L")}L${run.toReversed().map(edge("low")).join("L")}Z`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
