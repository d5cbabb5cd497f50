import { formatSigned } from "../i18n/format.ts";
import { RowLinks } from "./row-links.tsx";
import { linear } from "./scale.ts";
import { shortLabel } from "./short-label.ts";
import { useWidth } from "./width.ts";

export type Effect = {
  key: string;
  label: string;
  points: number;
  isFaint: boolean;
  /** Where a press on the bar leads. */
  href?: string | undefined;
};

const ROW = 30;

/** Points won and lost, each as long as it weighs: lost to the start, won to the end. */
export function Effects({ effects }: { effects: Effect[] }) {
  const { ref, width } = useWidth();
  if (width === 0) return <div ref={ref} class="effects" />;
  const labels = Math.min(220, Math.max(90, width * 0.34));
  const reach = Math.max(1, ...effects.map(({ points }) => Math.abs(points)));
  const x = linear([-reach, reach], [labels + 56, width - 48]);
  const most = Math.floor(labels / 7.2);
  return (
    <div ref={ref} class="effects">
      <svg
        width={width}
        height={effects.length * ROW}
        viewBox={`0 0 ${width} ${effects.length * ROW}`}
        aria-hidden="true"
      >
        <line class="axis" x1={x(0)} x2={x(0)} y1={0} y2={effects.length * ROW} />
        {effects.map(({ key, label, points, isFaint }, index) => {
          const middle = index * ROW + ROW / 2;
          const [from, to] = points < 0 ? [x(points), x(0)] : [x(0), x(points)];
          return (
            <g key={key} class={isFaint ? "faint" : undefined}>
              <text class="label" x={0} y={middle + 4}>
                {shortLabel(label, most)}
              </text>
              <rect
                class={points < 0 ? "tone-low" : "tone-high"}
                x={from}
                width={to - from}
                y={middle - 6}
                height={12}
              />
              <text
                class="amount"
                x={points < 0 ? from - 6 : to + 6}
                y={middle + 4}
                text-anchor={points < 0 ? "end" : "start"}
              >
                {formatSigned(points, 1)}
              </text>
            </g>
          );
        })}
      </svg>
      <RowLinks rows={effects} top={0} height={ROW} />
    </div>
  );
}
