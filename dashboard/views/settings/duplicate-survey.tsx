import { useSignal } from "@preact/signals";
import { limits } from "../../../shared/limits.ts";
import type { Survey } from "../../../shared/schema/survey.ts";
import { goTo } from "../../address/address.ts";
import type { Refusal } from "../../data/api.ts";
import { call } from "../../data/api.ts";
import { surveysPath } from "../../data/api-paths.ts";
import { reachesAll } from "../../data/session.ts";
import { reasonOf } from "../../i18n/error-messages.ts";
import { t } from "../../i18n/translate.ts";

/** Makes a new survey with the saved settings of this one, and leads to its settings. Nothing for a key bound to one survey. */
export function DuplicateSurvey({ survey }: { survey: Survey }) {
  const busy = useSignal(false);
  const refusal = useSignal<Refusal | null>(null);
  if (!reachesAll()) return null;
  const duplicate = async () => {
    if (busy.value) return;
    busy.value = true;
    const name = [...t("copy_of", { name: survey.name })].slice(0, limits.nameCharacters).join("");
    const reply = await call<Survey>("POST", surveysPath, { ...survey, name });
    busy.value = false;
    refusal.value = reply.ok ? null : reply.refusal;
    if (reply.ok) goTo("settings", { survey: reply.value.id, section: "questions" });
  };
  return (
    <>
      <h3>{t("duplicate_title")}</h3>
      <p class="help">{t("duplicate_help")}</p>
      <button type="button" aria-disabled={busy.value} onClick={duplicate}>
        {t("duplicate")}
      </button>
      {refusal.value && (
        <p class="fault" role="alert">
          {reasonOf(refusal.value)}
        </p>
      )}
    </>
  );
}
