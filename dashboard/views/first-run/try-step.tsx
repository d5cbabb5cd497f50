import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { scoreNames } from "../../../shared/questions.ts";
import type { Page } from "../../../shared/schema/paging.ts";
import type { TestResponse } from "../../../shared/schema/response.ts";
import type { Survey } from "../../../shared/schema/survey.ts";
import { hrefTo } from "../../address/routes.ts";
import { testResponsesPath } from "../../data/api-paths.ts";
import { useReply } from "../../data/use-reply.ts";
import { currentLanguage } from "../../i18n/current-language.ts";
import { formatInstant } from "../../i18n/format.ts";
import { answerText, scoreName } from "../../i18n/score-names.ts";
import { t } from "../../i18n/translate.ts";
import { Preview } from "../../ui/preview.tsx";
import { TagToCopy } from "../../ui/tag-to-copy.tsx";

const ASK_AGAIN_MS = 1500;

/** The third step: the tag to paste, and the first answer as it arrives. */
export function TryStep({ survey }: { survey: Survey }) {
  const refetchKey = useSignal(0);
  const ask = () => {
    refetchKey.value++;
  };
  const { value } = useReply<Page<TestResponse>>(testResponsesPath(survey.id), refetchKey.value).value;
  useEffect(() => {
    const timer = setInterval(() => document.hidden || ask(), ASK_AGAIN_MS);
    return () => clearInterval(timer);
  }, []);
  const first = value?.items[0];
  return (
    <div class="beside">
      <section class="step">
        <h1>{t("try_title")}</h1>
        <p>{t("tag_help")}</p>
        <TagToCopy survey={survey.id} />
        <p>{t("try_help")}</p>
        <div class="arrival" role="status">
          {first ? <Arrived response={first} /> : <p class="listening">{t("try_waiting")}</p>}
        </div>
        <a class={first ? "button main" : "button"} href={hrefTo("overview", { survey: survey.id })}>
          {t("to_overview")}
        </a>
      </section>
      <Preview
        id={survey.id}
        settings={survey}
        language={currentLanguage.value}
        size={innerWidth < 700 ? "phone" : "desktop"}
        onAnswered={ask}
      />
    </div>
  );
}

function Arrived({ response }: { response: TestResponse }) {
  const { comment } = response;
  const answers = scoreNames.flatMap((name) => {
    const score = response[name] ?? null;
    return score === null ? [] : [`${scoreName(name)} ${answerText(name, score)}`];
  });
  return (
    <>
      <p>
        <strong>{t("arrived_test")}</strong> {answers.join(", ")}
      </p>
      {comment && <blockquote dir="auto">{comment}</blockquote>}
      <p class="help">
        {formatInstant(response.received_at)}. {t("test_note")}
      </p>
    </>
  );
}
