import { limits } from "../../../shared/limits.ts";
import { address, changeQuery } from "../../address/address.ts";
import { t } from "../../i18n/translate.ts";
import { useAfterTyping } from "../../ui/after-typing.ts";

/** Searches the comments for words, each time that the typing pauses. */
export function Search() {
  const search = useAfterTyping((text) => changeQuery({ q: text || null }));
  return (
    <div class="search-field">
      <label for="search">{t("search")}</label>
      <input
        id="search"
        type="search"
        maxLength={limits.searchCharacters}
        value={address.value.query.get("q") ?? ""}
        onInput={(event) => search(event.currentTarget.value)}
        onKeyDown={(event) => event.key === "Escape" && event.currentTarget.blur()}
      />
    </div>
  );
}
