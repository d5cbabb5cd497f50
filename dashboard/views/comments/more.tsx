import { useEffect, useRef } from "preact/hooks";
import { t } from "../../wording.ts";
import type { Feed } from "./feed.ts";

/** The list's end: fetches the next page shortly before it is reached, and on a press where nothing scrolls. */
export function More({ feed }: { feed: Feed }) {
  const ref = useRef<HTMLButtonElement>(null);
  const next = feed.next.value;
  useEffect(() => {
    if (!ref.current) return;
    const observer = new IntersectionObserver(
      (entries) => entries.some((entry) => entry.isIntersecting) && feed.more(),
      {
        rootMargin: "600px",
      },
    );
    observer.observe(ref.current);
    return () => observer.disconnect();
  }, [feed, next]);
  if (!next) return null;
  return (
    <button ref={ref} type="button" class="more" onClick={feed.more}>
      {t("more")}
    </button>
  );
}
