import type { Term } from "../../../shared/schema/topics.ts";
import { hrefTo } from "../../address/routes.ts";
import { formatNumber } from "../../i18n/format.ts";
import { t } from "../../i18n/translate.ts";

/** Words that many comments hold and no topic covers: each may be worth a topic. */
export function Suggestions({ survey, terms }: { survey: string; terms: Term[] }) {
  if (terms.length === 0) return null;
  return (
    <p class="ways">
      {t("also_spoken_of")}{" "}
      {terms.map(({ stem, word, comments }) => (
        <a key={stem} href={hrefTo("comments", { survey }, { q: word })}>
          {word} <small>({formatNumber(comments)})</small>
        </a>
      ))}
    </p>
  );
}
