import type { Survey } from "../../../shared/schema/survey.ts";
import { address } from "../../address/address.ts";
import { hrefTo } from "../../address/routes.ts";
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
        <a class="button" href={hrefTo("overview", { survey: survey.id })}>
          {t("show_all")}
        </a>
      ) : (
        <>
          <TagToCopy survey={survey.id} />
          {may("admin") && (
            <a class="button" href={hrefTo("firstRun", { survey: survey.id })}>
              {t("try_it")}
            </a>
          )}
        </>
      )}
    </EmptyState>
  );
}
