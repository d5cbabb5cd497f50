import { formatNumber } from "../i18n/format.ts";
import { useWidth } from "./width.ts";

export type Column = { label: string; count: number; tone: string };

const HEIGHT = 150;
const TOP = 18;
const BOTTOM = 20;
/** px of a figure. */
const FIGURE = 7.5;

/** How often each score was given. Zero is a column too: a hairline, so that a gap is seen as a gap.
 *  Above each its count, or its share where counts are too long. */
export function Columns({ columns }: { columns: Column[] }) {
  const { ref, width } = useWidth();
  if (width === 0) return <div ref={ref} class="columns" />;
  const most = Math.max(1, ...columns.map((column) => column.count));
  const pitch = width / columns.length;
  const gap = Math.min(10, pitch * 0.22);
  const sum = columns.reduce((total, { count }) => total + count, 0);
  const counts = columns.map(({ count }) => formatNumber(count));
  const isRoom = Math.max(...counts.map((text) => text.length)) * FIGURE <= pitch;
  return (
    <div ref={ref} class="columns">
      <svg width={width} height={HEIGHT} viewBox={`0 0 ${width} ${HEIGHT}`} aria-hidden="true">
        {columns.map(({ label, count, tone }, index) => {
          const height = count === 0 ? 1 : Math.max(2, ((HEIGHT - TOP - BOTTOM) * count) / most);
          const left = index * pitch + gap / 2;
          const top = HEIGHT - BOTTOM - height;
          return (
            <g key={label}>
              <rect class={`tone-${tone}`} x={left} width={pitch - gap} y={top} height={height} rx={count ? 2 : 0} />
              {count > 0 && (
                <text class="amount" x={left + (pitch - gap) / 2} y={top - 5} text-anchor="middle">
                  {isRoom ? counts[index] : `${formatNumber((count * 100) / sum)}%`}
                </text>
              )}
              <text class="tick" x={left + (pitch - gap) / 2} y={HEIGHT - 5} text-anchor="middle">
                {label}
              </text>
            </g>
          );
        })}
      </svg>
    </div>
  );
}
