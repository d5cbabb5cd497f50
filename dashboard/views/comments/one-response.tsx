import { useState } from "preact/hooks";
import type { Survey } from "../../../shared/schema/survey.ts";
import { hrefTo } from "../../address/routes.ts";
import type { Refusal } from "../../data/api.ts";
import { t } from "../../i18n/translate.ts";
import { Copyable } from "../../ui/copyable.tsx";
import { EmptyState, OfflineNote, Refused } from "../../ui/states.tsx";
import { Cards } from "./cards.tsx";
import { oneResponseOf } from "./comment-list.ts";

/** One response at an address of its own, which can be sent to a colleague. */
export function OneResponse({ survey, id }: { survey: Survey; id: string }) {
  const [list] = useState(() => oneResponseOf(survey.id, id));
  const { items, refusal, loading } = list.state.value;
  const isHere = items !== null && items.length > 0;
  // The list that was read and is empty now is that of a response which the reader has just erased.
  const wasErased = refusal?.code === "erased" || (items !== null && !isHere && !loading);
  return (
    <div class="comments">
      <h1>{t("one_response")}</h1>
      <p>
        <a href={hrefTo("comments", { survey: survey.id })}>{t("all_comments")}</a>
      </p>
      {wasErased && (
        <EmptyState title={t("response_erased_title")}>
          <p>{t("response_erased_text")}</p>
        </EmptyState>
      )}
      {refusal && !wasErased && (isHere ? <OfflineNote /> : <Absent refusal={refusal} again={list.restart} />)}
      <Cards survey={survey} list={list} isAlone />
      {isHere && <Copyable label={t("response_address")} text={addressOf(survey.id, id)} />}
    </div>
  );
}

function Absent({ refusal, again }: { refusal: Refusal; again: () => void }) {
  if (refusal.code !== "not_found") return <Refused refusal={refusal} again={again} />;
  return (
    <EmptyState title={t("missing_title")}>
      <p>{t("response_missing_text")}</p>
    </EmptyState>
  );
}

function addressOf(survey: string, response: string): string {
  return `${location.origin}${location.pathname}${hrefTo("comments", { survey, response })}`;
}
