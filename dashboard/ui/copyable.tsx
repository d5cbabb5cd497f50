import { useSignal } from "@preact/signals";
import { t } from "../i18n/translate.ts";

/** A line of text with a button that copies it. */
export function Copyable({ label, text }: { label: string; text: string }) {
  return (
    <div class="copyable">
      <section class="code" tabindex={0} aria-label={label}>
        <code>{text}</code>
      </section>
      <CopyButton label={t("copy")} text={text} />
    </div>
  );
}

/** A button that copies `text`, and says so. */
export function CopyButton({ label, text }: { label: string; text: string }) {
  const copied = useSignal(false);
  const copy = async () => {
    await navigator.clipboard.writeText(text).then(
      () => {
        copied.value = true;
      },
      () => {},
    );
  };
  return (
    <>
      <button type="button" onClick={copy}>
        {copied.value ? t("copied") : label}
      </button>
      <span class="hidden" role="status">
        {copied.value ? t("copied") : ""}
      </span>
    </>
  );
}
