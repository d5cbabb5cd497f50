import { useSignal } from "@preact/signals";
import { t } from "../../i18n/translate.ts";
import { Field } from "../../ui/field.tsx";
import { isTargeted, pageOf } from "./url-patterns.ts";

/** Says of an address whether the two lists above have the survey appear there. Nothing of it is saved. */
export function TryAddress({ targeting }: { targeting: { include: string[]; exclude: string[] } }) {
  const typed = useSignal("");
  const page = pageOf(typed.value);
  const said = page === null ? "try_address_none" : isTargeted(targeting, page) ? "try_address_yes" : "try_address_no";
  return (
    <Field label={t("try_address")} help={t("try_address_help")}>
      {(attributes) => (
        <>
          <input
            {...attributes}
            value={typed.value}
            placeholder="https://"
            autocomplete="off"
            onInput={(event) => (typed.value = event.currentTarget.value)}
          />
          <p role="status">{typed.value.trim() !== "" && t(said)}</p>
        </>
      )}
    </Field>
  );
}
