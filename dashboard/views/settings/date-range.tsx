import { t } from "../../i18n/translate.ts";
import { Field } from "../../ui/field.tsx";
import type { Draft } from "./draft.ts";

/** From when to when the survey is asked, in the time zone of the reader's device. */
export function DateRange({ draft }: { draft: Draft }) {
  return (
    <div class="row">
      {(["starts_at", "ends_at"] as const).map((name) => (
        <Field key={name} label={t(name)} fault={draft.fault(`/${name}`)}>
          {(attributes) => (
            <input
              {...attributes}
              type="datetime-local"
              value={localOf(draft.settings.value[name])}
              onChange={({ currentTarget: { value } }) =>
                draft.change({ [name]: value ? new Date(value).toISOString() : null })
              }
            />
          )}
        </Field>
      ))}
    </div>
  );
}

function localOf(instant: string | null): string {
  if (!instant) return "";
  const date = new Date(instant);
  return new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}
