import { limits } from "../../../shared/limits.ts";
import { address, changeQuery } from "../../address/address.ts";
import { t } from "../../i18n/translate.ts";
import { useAfterTyping } from "../../ui/after-typing.ts";
import { keepWithin } from "../../ui/keep-within.ts";

/** Searches the comments for words, each time that the typing pauses. */
export function Search() {
  const search = useAfterTyping((text) => changeQuery({ q: text || null }));
  return (
    <div class="search-field">
      <label for="search">{t("search")}</label>
      <input
        id="search"
        type="search"
        value={address.value.query.get("q") ?? ""}
        onInput={(event) => search(keepWithin(event.currentTarget, limits.searchCharacters))}
        onKeyDown={(event) => event.key === "Escape" && event.currentTarget.blur()}
      />
    </div>
  );
}
