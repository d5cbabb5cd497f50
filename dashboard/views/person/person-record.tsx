import { useSignal } from "@preact/signals";
import type { Person } from "../../../shared/schema/person.ts";
import type { Survey } from "../../../shared/schema/survey.ts";
import { hrefTo } from "../../address/routes.ts";
import { respondentPath, surveysPath, withQuery } from "../../data/api-paths.ts";
import { useWholeList } from "../../data/use-list.ts";
import { useReply } from "../../data/use-reply.ts";
import { saveFile } from "../../files/save-file.ts";
import { writeCsv } from "../../files/write-csv.ts";
import { reasonOf } from "../../i18n/error-messages.ts";
import { formatInstant } from "../../i18n/format.ts";
import { separatorHere } from "../../i18n/separator.ts";
import { t } from "../../i18n/translate.ts";
import { CommentText } from "../../ui/comment-text.tsx";
import { Confirm } from "../../ui/confirm.tsx";
import { SaveFile } from "../../ui/save-file.tsx";
import { Refused, Waiting } from "../../ui/states.tsx";
import { answersTable } from "./answers-table.ts";
import { erasePerson, fetchPerson } from "./respondent-api.ts";

/** What the collector holds on one person, with the two things that they have a right to: a copy of it, and its erasure. */
export function PersonRecord({ id }: { id: string }) {
  const refetchKey = useSignal(0);
  const { value, refusal } = useReply<Person>(withQuery(respondentPath(id), { limit: "100" }), refetchKey.value).value;
  const surveys = useWholeList<Survey>(surveysPath).value;
  const nameOf = (survey: string) => surveys.value?.find((each) => each.id === survey)?.name ?? survey;
  if (refusal) return <Refused refusal={refusal} again={() => refetchKey.value++} />;
  // The names of the surveys stand in the files too, so nothing is to be saved before they are known.
  if (!value || !(surveys.value || surveys.refusal)) return <Waiting />;
  const isEmpty = value.items.length + value.invitations.length + value.unsubscribes.length === 0;
  return (
    <section aria-label={id}>
      <PersonActs id={id} isEmpty={isEmpty} nameOf={nameOf} onErased={() => refetchKey.value++} />
      {isEmpty && <p>{t("person_nothing")}</p>}
      <Answers person={value} nameOf={nameOf} />
      <Invitations person={value} nameOf={nameOf} />
      <Unsubscribes person={value} nameOf={nameOf} />
    </section>
  );
}

type ActsProps = { id: string; isEmpty: boolean; nameOf: (survey: string) => string; onErased: () => void };

/** The person's name, and what can be done with everything of theirs. */
function PersonActs({ id, isEmpty, nameOf, onErased }: ActsProps) {
  const asking = useSignal(false);
  const announcement = useSignal("");
  const save = async () => {
    const reply = await fetchPerson(id);
    if (reply.ok) saveFile("person.json", "application/json", JSON.stringify(reply.value, null, 2));
    else announcement.value = reasonOf(reply.refusal);
  };
  const erase = async () => {
    const { responses, invitations, refusal } = await erasePerson(id);
    onErased();
    announcement.value = t("person_erased", {
      answers: t("person_answers", { n: responses }),
      invitations: t("person_invitations", { n: invitations }),
    });
    return refusal;
  };
  return (
    <>
      <div class="title-line">
        <h2 dir="auto">{id}</h2>
        {!isEmpty && (
          <div class="acts">
            <button type="button" onClick={save}>
              {t("person_save")}
            </button>
            <SaveFile
              label={t("person_save_csv")}
              name="person.csv"
              fetchContent={async ({ signal, onCount }) => {
                const reply = await fetchPerson(id, signal, onCount);
                return reply.ok
                  ? {
                      ok: true,
                      value: new Blob([writeCsv(answersTable(reply.value.items, nameOf), separatorHere())], {
                        type: "text/csv",
                      }),
                    }
                  : reply;
              }}
            />
            <button type="button" onClick={() => (asking.value = true)}>
              {t("person_erase")}…
            </button>
          </div>
        )}
      </div>
      <p class={announcement.value && "note"} role="status">
        {announcement.value}
      </p>
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
    </>
  );
}

type PartProps = { person: Person; nameOf: (survey: string) => string };

function Answers({ person: { items, next }, nameOf }: PartProps) {
  return (
    <>
      {items.length > 0 && <h3>{t("person_answers", { n: items.length })}</h3>}
      <ol class="comment-list short">
        {items.map((response) => (
          <li key={`${response.survey} ${response.id}`}>
            <p class="help">{nameOf(response.survey)}</p>
            <CommentText
              comment={response}
              href={response.test ? undefined : hrefTo("comments", { survey: response.survey, response: response.id })}
            />
            {response.note && (
              <p class="comment-note">
                <b>{t("note")}:</b> <span dir="auto">{response.note}</span>
              </p>
            )}
          </li>
        ))}
      </ol>
      {next && <p class="help">{t("person_more")}</p>}
    </>
  );
}

function Invitations({ person: { invitations }, nameOf }: PartProps) {
  return (
    <>
      {invitations.length > 0 && <h3>{t("person_invitations", { n: invitations.length })}</h3>}
      <ul>
        {invitations.map((each) => (
          <li key={each.id}>
            {nameOf(each.survey)} <small>{formatInstant(each.created_at)}</small>
          </li>
        ))}
      </ul>
    </>
  );
}

function Unsubscribes({ person: { unsubscribes }, nameOf }: PartProps) {
  return (
    <>
      {unsubscribes.length > 0 && <h3>{t("person_unsubscribed")}</h3>}
      <ul>
        {unsubscribes.map((each) => (
          <li key={each.survey}>
            {each.survey === null ? t("all_surveys") : nameOf(each.survey)}{" "}
            <small>{formatInstant(each.created_at)}</small>
          </li>
        ))}
      </ul>
    </>
  );
}
