/** What a view has asked the collector for: on its way, here, or refused. What was here stays while the next comes. */
import type { Signal } from "@preact/signals";
import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import type { Refusal } from "./api.ts";
import { get } from "./api.ts";

export type Loaded<Value> = {
  /** The newest that came; of the path asked for now unless `loading`. */
  value: Value | null;
  refusal: Refusal | null;
  loading: boolean;
};

/** Fetches `path` (null: nothing) whenever it or `times` changes, and once more when the network is back. */
export function useLoaded<Value>(path: string | null, times = 0): Signal<Loaded<Value>> {
  const loaded = useSignal<Loaded<Value>>({ value: null, refusal: null, loading: path !== null });
  const before = useRef(path);
  useEffect(() => {
    if (path === null) {
      loaded.value = { value: null, refusal: null, loading: false };
      return;
    }
    const end = new AbortController();
    const fetchNow = async () => {
      // A repeat of the same path is not announced: the numbers move, the page does not blink.
      if (before.current !== path) loaded.value = { ...loaded.peek(), loading: true };
      before.current = path;
      const reply = await get<Value>(path, end.signal);
      if (end.signal.aborted) return;
      loaded.value = reply.ok
        ? { value: reply.value, refusal: null, loading: false }
        : { value: keptValue(loaded.peek(), reply.refusal), refusal: reply.refusal, loading: false };
    };
    fetchNow();
    addEventListener("online", fetchNow, { signal: end.signal });
    return () => end.abort();
  }, [path, times]);
  return loaded;
}

/** Without a network the last figures are still worth reading; after a "no" they are not ours to show. */
function keptValue<Value>(last: Loaded<Value>, refusal: Refusal): Value | null {
  return refusal.code === "offline" ? last.value : null;
}
