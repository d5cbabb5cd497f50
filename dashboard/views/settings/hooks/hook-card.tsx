import { useSignal } from "@preact/signals";
import type { Hook } from "../../../../shared/schema/hook.ts";
import type { Refusal } from "../../../data/api.ts";
import { call } from "../../../data/api.ts";
import { hookPath } from "../../../data/api-paths.ts";
import { reasonOf } from "../../../i18n/error-messages.ts";
import { formatInstant } from "../../../i18n/format.ts";
import { t } from "../../../i18n/translate.ts";
import { Confirm } from "../../../ui/confirm.tsx";
import { Copyable } from "../../../ui/copyable.tsx";
import { outcomeText } from "./hook-words.ts";
import { TryHook } from "./try-hook.tsx";

type Props = { survey: string; hook: Hook; onChange: () => void };

/** One hook: its address, what came last and what became of it, and what can be done with it. */
export function HookCard({ survey, hook, onChange }: Props) {
  const path = hookPath(survey, hook.id);
  const isDeleting = useSignal(false);
  const tries = useSignal(false);
  const refusal = useSignal<Refusal | null>(null);
  const { name, url, enabled, when, last } = hook;
  const turn = async () => {
    const reply = await call("PATCH", path, { enabled: !enabled });
    refusal.value = reply.ok ? null : reply.refusal;
    onChange();
  };
  const remove = async () => {
    const reply = await call("DELETE", path);
    if (!reply.ok) return reply.refusal;
    onChange();
    return null;
  };
  return (
    <li>
      <h3 dir="auto">{name}</h3>
      <Copyable label={t("hook_address")} text={url} />
      {when && (
        <p>
          {t("hook_only_where")} <code dir="ltr">{when.pointer}</code>:{" "}
          <span dir="auto">{[when.equals].flat().join(", ")}</span>
        </p>
      )}
      {!enabled && <p class="warning">{t("hook_is_off")}</p>}
      {last ? (
        <>
          <p>
            {t("hook_last", { at: formatInstant(last.received_at) })} {outcomeText(last.outcome)}
          </p>
          <details class="fold">
            <summary>
              {t("hook_last_payload")}
              <span class="hidden">: {name}</span>
            </summary>
            <pre dir="ltr">{last.payload === null ? t("hook_last_large") : JSON.stringify(last.payload, null, 2)}</pre>
          </details>
        </>
      ) : (
        <p class="help">{t("hook_nothing")}</p>
      )}
      <div class="acts">
        <button type="button" aria-expanded={tries.value} onClick={() => (tries.value = !tries.value)}>
          {t("hook_try")}
          <span class="hidden">: {name}</span>
        </button>
        <button type="button" onClick={turn}>
          {t(enabled ? "webhook_switch_off" : "webhook_switch_on")}
          <span class="hidden">: {name}</span>
        </button>
        <button type="button" onClick={() => (isDeleting.value = true)}>
          {t("webhook_delete")}
          <span class="hidden">: {name}</span>
        </button>
      </div>
      {refusal.value && (
        <p class="fault" role="alert">
          {reasonOf(refusal.value)}
        </p>
      )}
      {tries.value && <TryHook path={path} hasLast={last !== null && last.payload !== null} />}
      {isDeleting.value && (
        <Confirm
          title={t("hook_delete_sure")}
          act={t("webhook_delete")}
          onAct={remove}
          onClose={() => (isDeleting.value = false)}
        >
          <p dir="auto">{name}</p>
          <p>{t("hook_delete_text")}</p>
        </Confirm>
      )}
    </li>
  );
}
