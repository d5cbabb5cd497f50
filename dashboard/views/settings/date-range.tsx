import { instantOfLocal, localTimeOf } from "../../../shared/time/zoned-time.ts";
import { t } from "../../i18n/translate.ts";
import { Field } from "../../ui/field.tsx";
import type { Draft } from "./draft.ts";

/** From when to when the survey is asked, by the clocks of the survey's time zone, which each field names. */
export function DateRange({ draft }: { draft: Draft }) {
  const settings = draft.settings.value;
  const zone = knownZone(settings.timezone, draft.saved.value.timezone);
  return (
    <div class="row">
      {(["starts_at", "ends_at"] as const).map((name) => {
        const instant = settings[name];
        return (
          <Field key={name} label={t(name)} help={t("time_in_zone", { zone })} notes={draft.notes(`/${name}`)}>
            {(attributes) => (
              <input
                {...attributes}
                type="datetime-local"
                value={instant ? localTimeOf(instant, zone) : ""}
                onChange={({ currentTarget: { value } }) =>
                  draft.change({ [name]: value ? instantOfLocal(value, zone) : null })
                }
              />
            )}
          </Field>
        );
      })}
    </div>
  );
}

/** The zone that is typed, once it is one; until then the one that was saved. */
function knownZone(typed: string, saved: string): string {
  try {
    localTimeOf(new Date(0).toISOString(), typed);
    return typed;
  } catch {
    return saved;
  }
}
