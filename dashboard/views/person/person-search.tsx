import { limits } from "../../../shared/limits.ts";
import { goTo } from "../../address/address.ts";
import { t } from "../../i18n/translate.ts";
import { Field } from "../../ui/field.tsx";
import { keepWithin } from "../../ui/keep-within.ts";

/** Leads to everything of one person. */
export function PersonSearch({ id = "" }: { id?: string }) {
  const find = (event: SubmitEvent) => {
    event.preventDefault();
    const wanted = String(new FormData(event.currentTarget as HTMLFormElement).get("person")).trim();
    if (wanted) goTo("person", { person: wanted });
  };
  return (
    <form class="row find" onSubmit={find}>
      <Field label={t("person_id")}>
        {(attributes) => (
          <input
            {...attributes}
            name="person"
            defaultValue={id}
            onInput={(event) => keepWithin(event.currentTarget, limits.respondentCharacters)}
            autocomplete="off"
            dir="auto"
          />
        )}
      </Field>
      <button type="submit">{t("person_find")}</button>
    </form>
  );
}
