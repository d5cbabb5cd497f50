import { formatDay } from "../../i18n/format.ts";
import { t } from "../../i18n/translate.ts";

/** How the score moved, with the days it is compared with on hand. */
export function ChangeLine({
  sentence,
  change,
}: {
  sentence: string | null;
  change: { from: string; to: string } | undefined;
}) {
  if (!change) return null;
  const days = daysOf(change);
  return (
    <p class="change">
      {sentence === null ? (
        t("change_nothing_before", { days })
      ) : (
        <>
          {sentence} <small>{t("compared_with", { days })}</small>
        </>
      )}
    </p>
  );
}

export function daysOf({ from, to }: { from: string; to: string }): string {
  return `${formatDay(from)} – ${formatDay(to)}`;
}
