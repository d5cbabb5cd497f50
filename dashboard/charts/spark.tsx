import { linear } from "./scale.ts";

const WIDTH = 120;
const HEIGHT = 32;

/** A score's course in a list: no axis, no figures; the score stands beside it. */
export function Spark({ scores, limits }: { scores: (number | null)[]; limits: readonly [number, number] }) {
  const known = scores.filter((score) => score !== null);
  if (known.length < 2) return <svg width={WIDTH} height={HEIGHT} aria-hidden="true" />;
  const x = linear([0, scores.length - 1], [3, WIDTH - 3]);
  const y = linear(
    [Math.max(limits[0], Math.min(...known) - 5), Math.min(limits[1], Math.max(...known) + 5)],
    [HEIGHT - 4, 4],
  );
  const dots = scores.flatMap((score, index) => (score === null ? [] : [[x(index), y(score)] as const]));
  const [lastX, lastY] = dots.at(-1)!;
  return (
    <svg class="spark" width={WIDTH} height={HEIGHT} aria-hidden="true">
      <path
        class="line"
        d={`M${dots.map((dot) => dot.map((each) => Math.round(each * 10) / 10).join(",")).join("L")}`}
      />
      <circle class="dot" cx={lastX} cy={lastY} r={3} />
    </svg>
  );
}
