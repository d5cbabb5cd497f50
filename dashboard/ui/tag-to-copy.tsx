import { useSignal } from "@preact/signals";
import { t } from "../wording.ts";

/** The one line that an owner pastes. */
export function tagOf(survey: string): string {
  return `<script async src="${location.origin}/w/${survey}.js"></script>`;
}

export function TagToCopy({ survey }: { survey: string }) {
  const copied = useSignal(false);
  const copy = async () => {
    await navigator.clipboard.writeText(tagOf(survey)).then(
      () => {
        copied.value = true;
      },
      () => {},
    );
  };
  return (
    <div class="copyable">
      <section class="code" tabindex={0} aria-label={t("script_tag")}>
        <code>{tagOf(survey)}</code>
      </section>
      <button type="button" onClick={copy}>
        {t(copied.value ? "copied" : "copy")}
      </button>
      <span class="hidden" role="status">
        {copied.value ? t("copied") : ""}
      </span>
    </div>
  );
}
