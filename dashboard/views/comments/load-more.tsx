import { useEffect, useRef } from "preact/hooks";
import { t } from "../../i18n/translate.ts";
import type { CommentList } from "./comment-list.ts";
import { SEARCHED_BEFORE_ASKING } from "./comment-list.ts";

/** px below the screen at which the next page is fetched. */
const FETCH_AHEAD = "600px";

/** The list's end: fetches the next page shortly before it is reached, and on a press where nothing scrolls. */
export function LoadMore({ list }: { list: CommentList }) {
  const ref = useRef<HTMLDivElement>(null);
  const { next } = list.state.value;
  const keepsSearching = list.keepsSearching.value;
  useEffect(() => {
    if (!ref.current) return;
    const observer = new IntersectionObserver(
      (entries) => entries.some((entry) => entry.isIntersecting) && list.more(),
      { rootMargin: FETCH_AHEAD },
    );
    observer.observe(ref.current);
    return () => observer.disconnect();
  }, [list, next, keepsSearching]);
  if (!next) return null;
  const searchedRows = list.searchedRows.value;
  const hasStopped = searchedRows >= SEARCHED_BEFORE_ASKING && !keepsSearching;
  return (
    <div ref={ref} class="more">
      {/* A screen reader says the count where the search stops, not at each step. */}
      <p role="status" aria-live={hasStopped ? "polite" : "off"}>
        {searchedRows > 0 && t("searched_rows", { n: searchedRows })}
      </p>
      {searchedRows === 0 && (
        <button type="button" onClick={list.more}>
          {t("more")}
        </button>
      )}
      {hasStopped && (
        <button type="button" onClick={() => (list.keepsSearching.value = true)}>
          {t("keep_searching")}
        </button>
      )}
      {keepsSearching && (
        <button type="button" onClick={() => (list.keepsSearching.value = false)}>
          {t("stop_searching")}
        </button>
      )}
    </div>
  );
}
