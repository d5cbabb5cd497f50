import { useSignal } from "@preact/signals";
import { formatDay, formatNumber } from "../i18n/format.ts";
import { t } from "../i18n/translate.ts";
import type { Scale } from "./scale.ts";
import { boundsAround, linear, spread, ticks } from "./scale.ts";
import { useWidth } from "./width.ts";

export type TrendPoint = {
  start: string;
  end: string;
  score: number | null;
  low: number | null;
  high: number | null;
  /** What is read out when somebody points at it. */
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
const MARGIN = { left: 40, right: 12, top: 18, bottom: 26 };

/** Where things are drawn: `x` takes a point's index, `y` a score; `indexAt` takes px from the left. */
type Layout = {
  width: number;
  bounds: readonly [number, number];
  x: Scale;
  y: Scale;
  indexAt: (left: number) => number;
};

/**
 * A score through time with its interval as a band. Where nobody answered there is no line. Each point is read by mouse, by
 * finger, and by arrow keys: the browser's own slider lies over the drawing, because every screen reader knows it.
 */
export function Trend({ points, limits, target, hint, label }: Props) {
  const { ref, width } = useWidth();
  const pointedAt = useSignal<number | null>(null);
  if (width === 0) return <div ref={ref} class="trend" />;
  const last = points.length - 1;
  const layout = layoutOf(points, limits, target, width);
  const current = pointedAt.value === null ? null : Math.min(pointedAt.value, last);
  const leave = () => {
    pointedAt.value = null;
  };
  const point = (event: PointerEvent) => {
    const left = event.clientX - (event.currentTarget as Element).getBoundingClientRect().left;
    pointedAt.value = layout.indexAt(left);
  };
  return (
    <div ref={ref} class="trend">
      <p class="readout">{current === null ? hint : points[current]?.describe()}</p>
      <svg
        width={width}
        height={HEIGHT}
        viewBox={`0 0 ${width} ${HEIGHT}`}
        aria-hidden="true"
        onPointerDown={point}
        onPointerMove={point}
        // A finger is lifted to read what is beneath it.
        onPointerLeave={(event) => event.pointerType === "mouse" && leave()}
      >
        <Axes points={points} layout={layout} />
        <Line points={points} layout={layout} />
        {target !== null && <Target target={target} layout={layout} />}
        {current !== null && <Cursor x={layout.x(current)} y={layout.y} score={points[current]?.score ?? null} />}
      </svg>
      <input
        type="range"
        max={last}
        value={current ?? last}
        aria-label={label}
        aria-valuetext={points[current ?? last]?.describe()}
        onFocus={() => (pointedAt.value ??= last)}
        onBlur={leave}
        onInput={(event) => (pointedAt.value = event.currentTarget.valueAsNumber)}
      />
    </div>
  );
}

function layoutOf(
  points: readonly TrendPoint[],
  limits: readonly [number, number],
  target: number | null,
  width: number,
): Layout {
  const values = points.flatMap((point) =>
    point.score === null ? [] : [point.low ?? point.score, point.high ?? point.score],
  );
  const bounds = boundsAround(target === null || values.length === 0 ? values : [...values, target], limits, 40);
  const last = points.length - 1;
  const across = linear([0, Math.max(1, last)], [MARGIN.left + 6, width - MARGIN.right - 6]);
  const step = across(1) - across(0);
  return {
    width,
    bounds,
    // A lone point stands in the middle.
    x: (index) => (last === 0 ? width / 2 : across(index)),
    y: linear(bounds, [HEIGHT - MARGIN.bottom, MARGIN.top]),
    indexAt: (left) => Math.max(0, Math.min(last, Math.round((left - across(0)) / step))),
  };
}

type PartProps = { points: readonly TrendPoint[]; layout: Layout };

function Axes({ points, layout: { width, bounds, x, y } }: PartProps) {
  const days = spread(points.length, Math.floor((width - MARGIN.left) / tickWidth(points)));
  return (
    <>
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
      {days.map((index) => (
        <text class="tick" key={index} x={x(index)} y={HEIGHT - 6} text-anchor={anchorOf(index, points.length)}>
          {formatDay(points[index]!.start)}
        </text>
      ))}
    </>
  );
}

/** The first and the last day do not stick out of the drawing. */
function anchorOf(index: number, count: number): "start" | "middle" | "end" {
  if (count === 1) return "middle";
  return index === 0 ? "start" : index === count - 1 ? "end" : "middle";
}

/** The line through the scores and the band of their intervals, interrupted where nobody answered. */
function Line({ points, layout: { x, y } }: PartProps) {
  return (
    <>
      {runsOf(points).map((run) => (
        <g key={run[0]}>
          <path class="band" d={bandPath(run, points, x, y)} />
          <path class="line" d={linePath(run, points, x, y)} />
          {run.length === 1 && <circle class="dot" cx={x(run[0]!)} cy={y(points[run[0]!]!.score!)} r={3.5} />}
        </g>
      ))}
    </>
  );
}

/** Over the band, which may cover much of the drawing, and with its name. */
function Target({ target, layout: { width, y } }: { target: number; layout: Layout }) {
  return (
    <g>
      <line class="target" x1={MARGIN.left} x2={width - MARGIN.right} y1={y(target)} y2={y(target)} />
      <text class="target-name" x={MARGIN.left + 6} y={y(target) - 5}>
        {t("target_is", { target })}
      </text>
    </g>
  );
}

/** The point that is read out now. */
function Cursor({ x, y, score }: { x: number; y: Scale; score: number | null }) {
  return (
    <g>
      <line class="cursor" x1={x} x2={x} y1={MARGIN.top} y2={HEIGHT - MARGIN.bottom} />
      {score !== null && <circle class="dot" cx={x} cy={y(score)} r={4.5} />}
    </g>
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
