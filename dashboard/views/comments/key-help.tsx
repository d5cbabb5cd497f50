import { t } from "../../i18n/translate.ts";

export function KeyHelp() {
  const keys = [
    ["J", "key_next"],
    ["K", "key_before"],
    ["E", "key_resolve"],
    ["T", "key_tag"],
    ["N", "key_note"],
    ["S", "key_spam"],
    ["H", "key_earlier"],
    ["/", "key_search"],
  ] as const;
  return (
    <details class="key-help">
      <summary>{t("keys")}</summary>
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
