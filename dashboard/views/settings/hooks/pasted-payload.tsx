import type { Found } from "../../../../shared/hooks/pointers-in.ts";
import { t } from "../../../i18n/translate.ts";
import { Field } from "../../../ui/field.tsx";

/** So many pointers are shown; the fields offer the others too. */
const MOST_SHOWN = 40;

type Props = { value: string; found: readonly Found[]; onChange: (value: string) => void };

/** A payload as the sender sends it, and where everything is in it. It is read in the browser and sent nowhere. */
export function PastedPayload({ value, found, onChange }: Props) {
  const isNothing = value.trim() !== "" && found.length === 0;
  return (
    <>
      <Field
        label={t("hook_payload")}
        help={t("hook_payload_help")}
        fault={isNothing ? t("hook_payload_none") : undefined}
      >
        {(attributes) => (
          <textarea
            {...attributes}
            rows={5}
            dir="ltr"
            spellcheck={false}
            value={value}
            onInput={(event) => onChange(event.currentTarget.value)}
          />
        )}
      </Field>
      {found.length > 0 && (
        <ul class="pointers" aria-label={t("hook_pointers")}>
          {found.slice(0, MOST_SHOWN).map((each) => (
            <li key={each.pointer}>
              <code dir="ltr">{each.pointer}</code> <span dir="auto">{each.value.slice(0, 80)}</span>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
