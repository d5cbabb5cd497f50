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
  const days = `${formatDay(change.from)} – ${formatDay(change.to)}`;
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
