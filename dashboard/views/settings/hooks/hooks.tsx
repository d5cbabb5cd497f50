import { useSignal } from "@preact/signals";
import type { Hook, HookWithKey } from "../../../../shared/schema/hook.ts";
import { hooksPath } from "../../../data/api-paths.ts";
import { useWholeList } from "../../../data/use-list.ts";
import { reasonOf } from "../../../i18n/error-messages.ts";
import { t } from "../../../i18n/translate.ts";
import { Copyable } from "../../../ui/copyable.tsx";
import type { Draft } from "../draft.ts";
import { HookCard } from "./hook-card.tsx";
import { NewHook } from "./new-hook.tsx";

/** The addresses at which other programs tell of their events. A key is shown once, when it is made. */
export function HooksSection({ draft }: { draft: Draft }) {
  const { id: survey } = draft.saved.value;
  const refetchKey = useSignal(0);
  const made = useSignal<HookWithKey | null>(null);
  const { value: hooks, refusal } = useWholeList<Hook>(hooksPath(survey), refetchKey.value).value;
  const refetch = () => {
    refetchKey.value++;
  };
  const show = (hook: HookWithKey) => {
    made.value = hook;
    refetch();
  };
  return (
    <>
      <p class="help">{t("hooks_help")}</p>
      {made.value && (
        <div class="note" role="status">
          <p>
            {t("hook_key_once")} <span dir="auto">{made.value.name}</span>
          </p>
          <Copyable key={made.value.id} label={t("hook_address")} text={made.value.url} />
          <Copyable key={made.value.key} label={t("hook_key")} text={made.value.key} />
          <Copyable
            key={`${made.value.id} both`}
            label={t("hook_both")}
            text={`${made.value.url}?key=${made.value.key}`}
          />
        </div>
      )}
      {refusal && <p class="fault">{reasonOf(refusal)}</p>}
      <ul class="webhooks">
        {hooks?.map((hook) => (
          <HookCard key={hook.id} survey={survey} hook={hook} onChange={refetch} />
        ))}
      </ul>
      {hooks?.length === 0 && <p class="help">{t("no_hooks")}</p>}
      <h3>{t("hook_new")}</h3>
      <NewHook key={made.value?.id ?? ""} survey={survey} onMade={show} />
    </>
  );
}
