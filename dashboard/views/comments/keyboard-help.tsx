import type { Signal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { may } from "../../data/session.ts";
import { t } from "../../i18n/translate.ts";
import { changingKeys, commentKeys } from "./comment-keys.ts";

/** The keys that work through the comments, above them; the key ? opens and closes it, wherever the reader has scrolled. */
export function KeyboardHelp({ open }: { open: Signal<boolean> }) {
  const ref = useRef<HTMLDetailsElement>(null);
  useEffect(() => {
    if (open.value) ref.current?.scrollIntoView({ block: "nearest" });
  }, [open.value]);
  const keys = Object.entries(commentKeys).filter(([key]) => may("write") || !changingKeys.has(key));
  return (
    <details ref={ref} class="key-help" open={open.value} onToggle={(event) => (open.value = event.currentTarget.open)}>
      <summary>
        {t("keyboard")} <kbd>?</kbd>
      </summary>
      <dl>
        {keys.map(([key, text]) => (
          <div key={key}>
            <dt>
              <kbd>{key.toUpperCase()}</kbd>
            </dt>
            <dd>{t(text)}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
