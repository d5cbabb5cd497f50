import { useEffect, useRef } from "preact/hooks";
import { changeQuery, place } from "../../place.ts";
import { t } from "../../wording.ts";

const PAUSE_MS = 350;

/** Words in the comments; asked for when the typing pauses. */
export function Search() {
  const timer = useRef<number | undefined>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const search = (text: string) => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => changeQuery({ q: text.trim() || null }), PAUSE_MS);
  };
  return (
    <div class="search-field">
      <label for="search">{t("search")}</label>
      <input
        id="search"
        type="search"
        maxLength={200}
        value={place.value.query.get("q") ?? ""}
        onInput={(event) => search(event.currentTarget.value)}
        onKeyDown={(event) => event.key === "Escape" && event.currentTarget.blur()}
      />
    </div>
  );
}
