import { formatNumber } from "../../i18n/format.ts";
import type { BandShare } from "./bands.ts";
import { shareDecimals } from "./bands.ts";

/** The bands of a score as one bar, and each as a figure with its name. */
export function Shares({ shares, score }: { shares: BandShare[]; score: number }) {
  const decimals = shareDecimals(shares, score);
  return (
    <div class="shares">
      <div class="shares-bar" aria-hidden="true">
        {shares.map(({ tone, count }) => (
          <span key={tone} class={`ground-${tone}`} style={{ flexGrow: count }} />
        ))}
      </div>
      <dl>
        {shares.map(({ tone, name, percent, exact, count }) => (
          <div key={tone} class={`text-${tone}`}>
            <dt>{name}</dt>
            <dd>
              {formatNumber(decimals === 0 ? percent : exact, decimals)} % <small>({formatNumber(count)})</small>
            </dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
