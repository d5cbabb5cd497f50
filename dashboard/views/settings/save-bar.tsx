import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { hrefTo } from "../../address/routes.ts";
import { reasonOf } from "../../i18n/error-messages.ts";
import { t } from "../../i18n/translate.ts";
import type { Draft } from "./draft.ts";
import { fieldName, placeOf } from "./field-text.ts";

/** Says how many changes are not saved, and which fields kept the last attempt to save them from succeeding. */
export function SaveBar({ draft }: { draft: Draft }) {
  const said = useSignal(false);
  const busy = useSignal(false);
  const failures = useSignal(0);
  const count = draft.changed.value.length;
  const refusal = draft.refusal.value;
  useEffect(() => {
    if (count > 0) said.value = false;
  }, [count]);
  // Once the faults stand on the page, the keyboard is brought to the first of them.
  useEffect(() => {
    if (failures.value > 0) document.querySelector<HTMLElement>(".settings-section [aria-invalid=true]")?.focus();
  }, [failures.value]);
  const save = async () => {
    if (busy.value) return;
    busy.value = true;
    said.value = await draft.save();
    busy.value = false;
    if (!said.value) failures.value++;
  };
  return (
    <div class={`save-bar ${count > 0 || said.value ? "" : "away"}`} role="status">
      {count === 0 && said.value && <p>{t("saved")}</p>}
      {count > 0 && (
        <>
          <p translate={false}>{t("unsaved", { n: count })}</p>
          {refusal && (
            <p class="fault">
              {reasonOf(refusal)} <Fields draft={draft} />
            </p>
          )}
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

/** The fields that were refused, each a link to where it stands. */
function Fields({ draft }: { draft: Draft }) {
  const { errors = [] } = draft.refusal.value ?? {};
  const open = draft.refusal.value?.conflicts ? draft.conflicts.value : errors;
  const names = new Map(open.map(({ pointer }) => [fieldName(pointer), placeOf(pointer)?.section] as const));
  return (
    <>
      {[...names].map(([name, section], index) => (
        <span key={name}>
          {index > 0 && ", "}
          {section ? <a href={hrefTo("settings", { survey: draft.saved.value.id, section })}>{name}</a> : name}
        </span>
      ))}
    </>
  );
}
