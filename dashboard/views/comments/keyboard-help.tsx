import type { Signal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { t } from "../../i18n/translate.ts";

/** The keys that work through the comments, above them; the key ? opens and closes it, wherever the reader has scrolled. */
export function KeyboardHelp({ open }: { open: Signal<boolean> }) {
  const ref = useRef<HTMLDetailsElement>(null);
  useEffect(() => {
    if (open.value) ref.current?.scrollIntoView({ block: "nearest" });
  }, [open.value]);
  const keys = [
    ["J", "keyboard_next"],
    ["K", "keyboard_before"],
    ["E", "keyboard_resolve"],
    ["T", "keyboard_tag"],
    ["N", "keyboard_note"],
    ["S", "keyboard_spam"],
    ["H", "keyboard_earlier"],
    ["/", "keyboard_search"],
    ["?", "keyboard_help"],
  ] as const;
  return (
    <details ref={ref} class="key-help" open={open.value} onToggle={(event) => (open.value = event.currentTarget.open)}>
      <summary>
        {t("keyboard")} <kbd>?</kbd>
      </summary>
      <dl>
        {keys.map(([key, text]) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{t(text)}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
