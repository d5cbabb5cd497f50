import { useSignal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import type { Refusal } from "../../data/api.ts";
import { formatInstant } from "../../i18n/format.ts";
import { t } from "../../i18n/translate.ts";
import { Confirm } from "../../ui/confirm.tsx";

type Props<Key> = {
  keys: readonly Key[];
  /** What stands in a key's row before the instant at which it was made. */
  row: (key: Key) => ComponentChildren;
  nameOf: (key: Key) => string;
  /** What follows from revoking the key. */
  consequenceOf: (key: Key) => string;
  onRevoke: (key: Key) => Promise<Refusal | null>;
};

/** A row for each key, with the button that revokes it. */
export function KeyRows<Key extends { id: string; created_at: string }>(props: Props<Key>) {
  const { keys, row, nameOf, consequenceOf, onRevoke } = props;
  const revoking = useSignal<Key | null>(null);
  return (
    <>
      <ul class="keys">
        {keys.map((key) => (
          <li key={key.id}>
            <p>
              {row(key)}
              <time dateTime={key.created_at}>{formatInstant(key.created_at)}</time>
            </p>
            <button type="button" onClick={() => (revoking.value = key)}>
              {t("revoke")}
              <span class="hidden">: {nameOf(key)}</span>
            </button>
          </li>
        ))}
      </ul>
      {revoking.value && (
        <Confirm
          title={t("revoke_title", { name: nameOf(revoking.value) })}
          act={t("revoke")}
          onAct={() => onRevoke(revoking.value!)}
          onClose={() => (revoking.value = null)}
        >
          <p>{consequenceOf(revoking.value)}</p>
        </Confirm>
      )}
    </>
  );
}
