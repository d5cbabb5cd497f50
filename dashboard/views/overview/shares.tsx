import type { Share } from "../../../shared/score.ts";
import { formatNumber } from "../../i18n/format.ts";

export type Part = Share & { name: string; tone: string };

/** Three groups as one bar and as three figures with their names. */
export function Shares({ parts }: { parts: Part[] }) {
  return (
    <div class="shares">
      <div class="shares-bar" aria-hidden="true">
        {parts.map(({ tone, count }) => (
          <span key={tone} class={`ground-${tone}`} style={{ flexGrow: count }} />
        ))}
      </div>
      <dl>
        {parts.map(({ tone, name, percent, count }) => (
          <div key={tone} class={`text-${tone}`}>
            <dt>{name}</dt>
            <dd>
              {formatNumber(percent)} % <small>({formatNumber(count)})</small>
            </dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
