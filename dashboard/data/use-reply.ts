/** What a view has asked the collector for: on its way, here, or refused. What was here stays while the next comes. */
import type { Signal } from "@preact/signals";
import { useSignal } from "@preact/signals";
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import type { Refusal, Reply } from "./api.ts";
import { load, takePrefetched } from "./prefetch.ts";

export type ReplyState<Value> = {
  /** The newest that came; of the path asked for now unless `loading`. */
  value: Value | null;
  refusal: Refusal | null;
  loading: boolean;
};

/** Fetches `path` (null: nothing) whenever it or `times` changes, and once more when the network is back. */
export function useReply<Value>(path: string | null, refetchKey = 0): Signal<ReplyState<Value>> {
  const [came] = useState(() => (path === null ? null : takePrefetched<Value>(path)));
  const loaded = useSignal<ReplyState<Value>>(came ? next(came, null) : { ...nothing, loading: path !== null });
  const isHere = useRef(came !== null);
  const before = useRef(path);
  // Not after the frame, which on a slow machine is a tenth of a second later.
  useLayoutEffect(() => {
    if (path === null) {
      loaded.value = nothing;
      return;
    }
    const end = new AbortController();
    const fetchNow = async () => {
      // A repeat of the same path is not announced: the numbers move, the page does not blink.
      if (before.current !== path) loaded.value = { ...loaded.peek(), loading: true };
      before.current = path;
      const reply = await load<Value>(path, end.signal);
      if (end.signal.aborted) return;
      loaded.value = next(reply, loaded.peek().value);
    };
    if (!isHere.current) fetchNow();
    isHere.current = false;
    addEventListener("online", fetchNow, { signal: end.signal });
    return () => end.abort();
  }, [path, refetchKey]);
  return loaded;
}

const nothing = { value: null, refusal: null, loading: false };

/** Without a network the last figures are still worth reading; after a "no" they are not ours to show. */
function next<Value>(reply: Reply<Value>, last: Value | null): ReplyState<Value> {
  if (reply.ok) return { value: reply.value, refusal: null, loading: false };
  return { value: reply.refusal.code === "offline" ? last : null, refusal: reply.refusal, loading: false };
}
