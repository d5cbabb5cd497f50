import type { Signal } from "@preact/signals";
import { useSignal } from "@preact/signals";
import type { Refusal } from "../../data/api.ts";
import { call } from "../../data/api.ts";
import { useWholeList } from "../../data/use-list.ts";

type WithId = { id: string };

export type KeyList<Key, NewKey> = {
  /** Null until the list is here. */
  keys: Key[] | null;
  /** The key made last, with the secret that the collector shows once; null after it was revoked. */
  made: Signal<NewKey | null>;
  /** Why the last key was not made. */
  refusal: Signal<Refusal | null>;
  /** Makes a key; whether it was made. */
  make(body: object): Promise<boolean>;
  /** Revokes a key; why not, or null. */
  revoke(key: Key): Promise<Refusal | null>;
};

/** The keys at `listPath`, API keys or signing keys: listed, made and revoked. */
export function useKeyList<Key extends WithId, NewKey extends WithId>(
  listPath: string,
  pathOf: (id: string) => string,
): KeyList<Key, NewKey> {
  const refetchKey = useSignal(0);
  const made = useSignal<NewKey | null>(null);
  const refusal = useSignal<Refusal | null>(null);
  const { value } = useWholeList<Key>(listPath, refetchKey.value).value;
  return {
    keys: value,
    made,
    refusal,
    async make(body) {
      const reply = await call<NewKey>("POST", listPath, body);
      refusal.value = reply.ok ? null : reply.refusal;
      if (!reply.ok) return false;
      made.value = reply.value;
      refetchKey.value++;
      return true;
    },
    async revoke({ id }) {
      const reply = await call("DELETE", pathOf(id));
      if (!reply.ok) return reply.refusal;
      if (made.value?.id === id) made.value = null;
      refetchKey.value++;
      return null;
    },
  };
}
