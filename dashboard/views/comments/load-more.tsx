import { useEffect, useRef } from "preact/hooks";
import { t } from "../../i18n/translate.ts";
import type { Feed } from "./feed.ts";
import { LOOKED_UNASKED } from "./feed.ts";

/** The list's end: fetches the next page shortly before it is reached, and on a press where nothing scrolls. */
export function More({ feed }: { feed: Feed }) {
  const ref = useRef<HTMLDivElement>(null);
  const next = feed.next.value;
  const patient = feed.patient.value;
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
  }, [feed, next, patient]);
  if (!next) return null;
  const looked = feed.looked.value;
  const isOver = looked >= LOOKED_UNASKED && !patient;
  return (
    <div ref={ref} class="more">
      {/* Read out where it stops, not at each step. */}
      <p role="status" aria-live={isOver ? "polite" : "off"}>
        {looked > 0 && t("looked_through", { n: looked })}
      </p>
      {looked === 0 && (
        <button type="button" onClick={feed.more}>
          {t("more")}
        </button>
      )}
      {isOver && (
        <button type="button" onClick={() => (feed.patient.value = true)}>
          {t("look_on")}
        </button>
      )}
      {patient && (
        <button type="button" onClick={() => (feed.patient.value = false)}>
          {t("stop_looking")}
        </button>
      )}
    </div>
  );
}
