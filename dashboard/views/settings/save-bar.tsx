import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { reasonOf } from "../../i18n/error-messages.ts";
import { t } from "../../i18n/translate.ts";
import type { Draft } from "./draft.ts";

/** Says how many changes are not saved, and why the last attempt to save them failed. */
export function SaveBar({ draft }: { draft: Draft }) {
  const said = useSignal(false);
  const busy = useSignal(false);
  const count = Object.keys(draft.changes.value).length;
  const refusal = draft.refusal.value;
  useEffect(() => {
    if (count > 0) said.value = false;
  }, [count]);
  const save = async () => {
    if (busy.value) return;
    busy.value = true;
    said.value = await draft.save();
    busy.value = false;
  };
  return (
    <div class={`save-bar ${count > 0 || said.value ? "" : "away"}`} role="status">
      {count === 0 && said.value && <p>{t("saved")}</p>}
      {count > 0 && (
        <>
          <p>{t("unsaved", { n: count })}</p>
          {refusal && <p class="fault">{reasonOf(refusal)}</p>}
          <button type="button" onClick={draft.discard}>
            {t("discard")}
          </button>
          <button type="button" class="main" aria-disabled={busy.value} onClick={save}>
            {t("save")}
          </button>
        </>
      )}
    </div>
  );
}
