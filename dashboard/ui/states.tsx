import type { ComponentChildren } from "preact";
import type { Refusal } from "../data/api.ts";
import { t } from "../i18n/translate.ts";

/** Says calmly that there is nothing to show, with what the reader can do about it. */
export function EmptyState({ title, children }: { title: string; children?: ComponentChildren }) {
  return (
    <section class="empty-state">
      <h2>{title}</h2>
      {children}
    </section>
  );
}

export function Refused({ refusal, again }: { refusal: Refusal; again?: () => void }) {
  const [title, text] = reason(refusal);
  return (
    <section class="empty-state" role="alert">
      <h2>{title}</h2>
      <p>{text}</p>
      {again && refusal.code !== "forbidden" && (
        <button type="button" onClick={again}>
          {t("try_again")}
        </button>
      )}
    </section>
  );
}

/** Stands above figures that are still shown though they could not be fetched anew. */
export function OfflineNote() {
  return (
    <p class="note" role="status">
      {t("offline_note")}
    </p>
  );
}

function reason(refusal: Refusal): [title: string, text: string] {
  if (refusal.code === "offline") return [t("offline_title"), t("offline_text")];
  if (refusal.code === "forbidden") return [t("forbidden_title"), t("forbidden_text")];
  if (refusal.code === "unknown_survey" || refusal.code === "not_found") return [t("missing_title"), t("missing_text")];
  return [t("failed_title"), refusal.detail];
}

/** Grey shapes where the figures will stand, so that nothing jumps when they come. */
export function Waiting({ class: name = "" }: { class?: string }) {
  return (
    <div class={`waiting ${name}`} aria-busy="true">
      <span class="hidden">{t("loading")}</span>
    </div>
  );
}
