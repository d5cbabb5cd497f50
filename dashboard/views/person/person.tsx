import type { Params } from "../../address/routes.ts";
import { t } from "../../i18n/translate.ts";
import { TopBar } from "../../ui/top-bar.tsx";
import { PersonRecord } from "./person-record.tsx";
import { PersonSearch } from "./person-search.tsx";

/** For a person who asks what the collector holds on them, or to be forgotten: found by the id that the owner's system gave them. */
export function PersonView({ params }: { params: Params }) {
  const id = params.person;
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
