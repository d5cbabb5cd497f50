import type { AuditItem } from "../../../shared/schema/audit.ts";
import type { ApiKey } from "../../../shared/schema/key.ts";
import type { Survey } from "../../../shared/schema/survey.ts";
import { auditPath, keysPath, surveysPath } from "../../data/api-paths.ts";
import { useList, useWholeList } from "../../data/use-list.ts";
import { formatInstant } from "../../i18n/format.ts";
import { t } from "../../i18n/translate.ts";
import { Refused, Waiting } from "../../ui/states.tsx";
import { TopBar } from "../../ui/top-bar.tsx";
import { auditSentence } from "./audit-sentences.ts";

/** Who did what and when, as far as it takes an administrator's key. */
export function Log() {
  const { list, more } = useList<AuditItem>(auditPath);
  const { items, next, refusal, loading } = list.value;
  const keys = useWholeList<ApiKey>(keysPath).value.value ?? [];
  const surveys = useWholeList<Survey>(surveysPath).value.value ?? [];
  const own = new Map([
    ["root", t("log_root")],
    ["link", t("log_link")],
  ]);
  const whose = (key: string) => own.get(key) ?? keys.find((each) => each.id === key)?.name ?? key;
  const nameOf = (survey: string) => surveys.find((each) => each.id === survey)?.name ?? survey;
  return (
    <>
      <TopBar />
      <main tabindex={-1} class="log">
        <h1>{t("log_title")}</h1>
        <p class="help">{t("log_lead")}</p>
        {refusal && <Refused refusal={refusal} again={() => location.reload()} />}
        {items?.length === 0 && <p>{t("log_none")}</p>}
        <ol>
          {items?.map((item) => {
            const { what, more } = auditSentence(item);
            return (
              <li key={`${item.at} ${item.request}`}>
                <time dateTime={item.at}>{formatInstant(item.at)}</time>
                <p dir="auto">
                  <strong>{whose(item.key)}</strong>: {what}
                  {more && ` (${more})`}
                </p>
                <small dir="auto">
                  {item.survey !== null && nameOf(item.survey)} {item.target !== null && <code>{item.target}</code>}{" "}
                  {item.respondent && <bdi>{item.respondent}</bdi>}
                </small>
              </li>
            );
          })}
        </ol>
        {loading && <Waiting />}
        {next && !loading && (
          <button type="button" class="more" onClick={more}>
            {t("more")}
          </button>
        )}
      </main>
    </>
  );
}
