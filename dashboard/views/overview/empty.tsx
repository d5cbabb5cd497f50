import type { Survey } from "../../../shared/schema/survey.ts";
import { address, hrefTo } from "../../address/address.ts";
import { may } from "../../data/session.ts";
import { t } from "../../i18n/translate.ts";
import { EmptyState } from "../../ui/states.tsx";
import { TagToCopy } from "../../ui/tag-to-copy.tsx";

/** No answer in these days: because the survey is new, or because of what was chosen above. */
export function Empty({ survey }: { survey: Survey }) {
  const { query } = address.value;
  const narrowed = ["where", "period", "from"].some((name) => query.has(name));
  return (
    <EmptyState title={t("empty_title")}>
      <p>{t(narrowed ? "empty_narrowed" : "empty_new")}</p>
      {narrowed ? (
        <a class="button" href={hrefTo(["s", survey.id])}>
          {t("show_all")}
        </a>
      ) : (
        <>
          <TagToCopy survey={survey.id} />
          {may("admin") && (
            <a class="button" href={hrefTo(["new", survey.id])}>
              {t("try_it")}
            </a>
          )}
        </>
      )}
    </EmptyState>
  );
}
