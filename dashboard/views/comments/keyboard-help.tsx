import { t } from "../../i18n/translate.ts";

export function KeyboardHelp() {
  const keys = [
    ["J", "keyboard_next"],
    ["K", "keyboard_before"],
    ["E", "keyboard_resolve"],
    ["T", "keyboard_tag"],
    ["N", "keyboard_note"],
    ["S", "keyboard_spam"],
    ["H", "keyboard_earlier"],
    ["/", "keyboard_search"],
  ] as const;
  return (
    <details class="key-help">
      <summary>{t("keyboard")}</summary>
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
