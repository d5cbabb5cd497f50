import { t } from "../../i18n/translate.ts";
import { TopBar } from "../../ui/top-bar.tsx";
import { PersonRecord } from "./person-record.tsx";
import { PersonSearch } from "./person-search.tsx";

/** Whoever asks to see what is held on them, or to be forgotten: found by the name that the owner's system has for them. */
export function PersonView({ id }: { id: string | null }) {
  return (
    <>
      <TopBar />
      <main tabindex={-1} class="person">
        <h1>{t("person")}</h1>
        <p class="help">{t("person_lead")}</p>
        <PersonSearch key={id} id={id ?? ""} />
        {id && <PersonRecord key={id} id={id} />}
      </main>
    </>
  );
}
