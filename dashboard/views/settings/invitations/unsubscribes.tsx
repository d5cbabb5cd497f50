import { useSignal } from "@preact/signals";
import { limits } from "../../../../shared/limits.ts";
import type { Unsubscribe } from "../../../../shared/schema/unsubscribe.ts";
import { call } from "../../../data/api.ts";
import { unsubscribesPath, withQuery } from "../../../data/api-paths.ts";
import { useList } from "../../../data/use-list.ts";
import { reasonOf } from "../../../i18n/error-messages.ts";
import { formatInstant } from "../../../i18n/format.ts";
import { t } from "../../../i18n/translate.ts";
import { useAfterTyping } from "../../../ui/after-typing.ts";
import { Confirm } from "../../../ui/confirm.tsx";
import { keepWithin } from "../../../ui/keep-within.ts";
import { UnsubscribeForm } from "./unsubscribe-form.tsx";

/** Who is neither invited nor asked by this survey: by its own list, or by that of all surveys. */
export function Unsubscribes({ survey }: { survey: string }) {
  const refetchKey = useSignal(0);
  const start = useSignal("");
  const lifting = useSignal<Unsubscribe | null>(null);
  const query = { survey, limit: "20", ...(start.value && { respondent: start.value }) };
  const { list, more } = useList<Unsubscribe>(withQuery(unsubscribesPath, query), refetchKey.value);
  const { items, next, refusal, loading } = list.value;
  const search = useAfterTyping((text) => {
    start.value = text;
  });
  const lift = async ({ respondent, survey }: Unsubscribe) => {
    const entry = { respondent, ...(survey !== null && { survey }) };
    const reply = await call("DELETE", withQuery(unsubscribesPath, entry));
    refetchKey.value++;
    return reply.ok ? null : reply.refusal;
  };
  return (
    <section aria-labelledby="unsubscribes">
      <h3 id="unsubscribes">{t("unsubscribes")}</h3>
      <p class="help">{t("unsubscribes_help")}</p>
      <UnsubscribeForm survey={survey} onAdded={() => refetchKey.value++} />
      <div class="field">
        <label for="unsubscribes-search">{t("unsubscribes_search")}</label>
        <input
          id="unsubscribes-search"
          type="search"
          autocomplete="off"
          onInput={(event) => search(keepWithin(event.currentTarget, limits.respondentCharacters))}
        />
      </div>
      {refusal && <p class="fault">{reasonOf(refusal)}</p>}
      <ul class="keys" aria-busy={loading}>
        {items?.map((each) => (
          <li key={`${each.survey} ${each.respondent}`}>
            <p>
              <strong dir="auto">{each.respondent}</strong>
              <span>{t(each.survey === null ? "all_surveys" : "this_survey")}</span>
              <span>{t(`unsubscribed_${each.source}`)}</span>
              <time dateTime={each.created_at}>{formatInstant(each.created_at)}</time>
            </p>
            <button type="button" onClick={() => (lifting.value = each)}>
              {t("lift")}
              <span class="hidden">: {each.respondent}</span>
            </button>
          </li>
        ))}
      </ul>
      {items?.length === 0 && <p class="help">{t("unsubscribes_none")}</p>}
      {next && (
        <button type="button" class="more" onClick={more}>
          {t("more")}
        </button>
      )}
      {lifting.value && (
        <Confirm
          title={t("lift_sure", { id: lifting.value.respondent })}
          act={t("lift")}
          onAct={() => lift(lifting.value!)}
          onClose={() => (lifting.value = null)}
        >
          <p>{t("lift_text")}</p>
        </Confirm>
      )}
    </section>
  );
}
