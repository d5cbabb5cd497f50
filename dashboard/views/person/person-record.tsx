import { useSignal } from "@preact/signals";
import type { Person, PersonResponse } from "../../../shared/schema/person.ts";
import type { Survey } from "../../../shared/schema/survey.ts";
import { npsGroup } from "../../../shared/score.ts";
import { saveFile } from "../../charts/save.ts";
import { useWholeList } from "../../data/use-list.ts";
import { useReply } from "../../data/use-reply.ts";
import { reasonOf } from "../../i18n/error-messages.ts";
import { formatInstant } from "../../i18n/format.ts";
import { t } from "../../i18n/translate.ts";
import { CommentText } from "../../ui/comment-text.tsx";
import { Confirm } from "../../ui/confirm.tsx";
import { Refused, Waiting } from "../../ui/states.tsx";
import { addressOf, eraseEverythingOf, everythingOf } from "./respondent-api.ts";

/** What is held on one person, with the two things that they have a right to. */
export function PersonRecord({ id }: { id: string }) {
  const refetchKey = useSignal(0);
  const asking = useSignal(false);
  const said = useSignal("");
  const { value, refusal } = useReply<Person>(`${addressOf(id)}?limit=100`, refetchKey.value).value;
  const surveys = useWholeList<Survey>("/v1/surveys").value.value ?? [];
  const nameOf = (survey: string) => surveys.find((each) => each.id === survey)?.name ?? survey;
  if (refusal) return <Refused refusal={refusal} again={() => refetchKey.value++} />;
  if (!value) return <Waiting />;
  const { items, invitations, unsubscribes } = value;
  const save = async () => {
    const reply = await everythingOf(id);
    if (reply.ok) saveFile("person.json", "application/json", JSON.stringify(reply.value, null, 2));
    else said.value = reasonOf(reply.refusal);
  };
  const erase = async () => {
    const { responses, invitations, refusal } = await eraseEverythingOf(id);
    refetchKey.value++;
    said.value = t("person_erased", {
      answers: t("person_answers", { n: responses }),
      invitations: t("person_invitations", { n: invitations }),
    });
    return refusal;
  };
  const empty = items.length + invitations.length + unsubscribes.length === 0;
  return (
    <section aria-label={id}>
      <div class="title-line">
        <h2 dir="auto">{id}</h2>
        {!empty && (
          <div class="acts">
            <button type="button" onClick={save}>
              {t("person_save")}
            </button>
            <button type="button" onClick={() => (asking.value = true)}>
              {t("person_erase")}…
            </button>
          </div>
        )}
      </div>
      <p class={said.value && "note"} role="status">
        {said.value}
      </p>
      {empty && <p>{t("person_nothing")}</p>}
      {items.length > 0 && <h3>{t("person_answers", { n: items.length })}</h3>}
      <ol class="comment-list short">
        {items.map((response) => (
          <li key={`${response.survey} ${response.id}`}>
            <p class="help">{nameOf(response.survey)}</p>
            <CommentText comment={spoken(response)} />
            {response.note && (
              <p class="comment-note">
                <b>{t("note")}:</b> <span dir="auto">{response.note}</span>
              </p>
            )}
          </li>
        ))}
      </ol>
      {value.next && <p class="help">{t("person_more")}</p>}
      {invitations.length > 0 && <h3>{t("person_invitations", { n: invitations.length })}</h3>}
      <ul>
        {invitations.map((each) => (
          <li key={each.id}>
            {nameOf(each.survey)} <small>{formatInstant(each.created_at)}</small>
          </li>
        ))}
      </ul>
      {unsubscribes.length > 0 && <h3>{t("person_unsubscribed")}</h3>}
      <ul>
        {unsubscribes.map((each) => (
          <li key={each.survey}>
            {each.survey === null ? t("all_surveys") : nameOf(each.survey)}{" "}
            <small>{formatInstant(each.created_at)}</small>
          </li>
        ))}
      </ul>
      {asking.value && (
        <Confirm
          title={t("person_erase_sure", { id })}
          act={t("erase_for_good")}
          onAct={erase}
          onClose={() => (asking.value = false)}
        >
          <p>{t("person_erase_text")}</p>
        </Confirm>
      )}
    </section>
  );
}

function spoken(response: PersonResponse) {
  return { ...response, nps_group: response.nps === null ? null : npsGroup(response.nps) };
}
