import { formatNumber } from "../i18n/format.ts";
import { t } from "../i18n/translate.ts";
import { linear } from "./scale.ts";
import { useWidth } from "./width.ts";

type Props = {
  bounds: readonly [number, number];
  score: number;
  interval: { low: number; high: number } | null;
  target: number | null;
};

const HEIGHT = 46;
/** More height, for the target's name. */
const TARGET = 16;
const EDGE = 14;
const LINE = 16;

/** A score on the whole of its scale, the interval as a bar around it: how sure one can be is as wide as it looks. */
export function Ruler({ bounds, score, interval, target }: Props) {
  const { ref, width } = useWidth();
  if (width === 0) return <div ref={ref} class="ruler" />;
  const x = linear(bounds, [EDGE, width - EDGE]);
  const [low, high] = bounds;
  const middle = (low + high) / 2;
  const top = target === null ? 0 : TARGET;
  const line = LINE + top;
  const height = HEIGHT + top;
  return (
    <div ref={ref} class="ruler">
      <svg width={width} height={height} viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
        <line class="axis" x1={x(low)} x2={x(high)} y1={line} y2={line} />
        {[low, middle, high].map((value) => (
          <g key={value}>
            <line class="axis" x1={x(value)} x2={x(value)} y1={line - 4} y2={line + 4} />
            <text class="tick" x={x(value)} y={height - 6} text-anchor={anchor(value, low, high)}>
              {formatNumber(value)}
            </text>
          </g>
        ))}
        {interval && (
          <rect
            class="band"
            x={x(interval.low)}
            width={x(interval.high) - x(interval.low)}
            y={line - 7}
            height={14}
            rx={7}
          />
        )}
        {target !== null && (
          <g>
            <line class="target" x1={x(target)} x2={x(target)} y1={top + 2} y2={line + 12} />
            <text class="target-name" x={x(target)} y={top - 4} text-anchor={sideOf(target, bounds)}>
              {t("target_is", { target })}
            </text>
          </g>
        )}
        <circle class="dot" cx={x(score)} cy={line} r={5.5} />
      </svg>
    </div>
  );
}

function anchor(value: number, low: number, high: number) {
  return value === low ? "start" : value === high ? "end" : "middle";
}

/** Where a text at `value` stands so that the whole of it is in the drawing. */
function sideOf(value: number, [low, high]: readonly [number, number]) {
  const part = (value - low) / (high - low);
  return part < 0.25 ? "start" : part > 0.75 ? "end" : "middle";
}
