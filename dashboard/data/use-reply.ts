/** What a view has asked the collector for: on its way, here, or refused. A reply stays while the next one is on its way. */
import type { Signal } from "@preact/signals";
import { useSignal } from "@preact/signals";
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import type { Refusal, Reply } from "./api.ts";
import { load, takePrefetched } from "./prefetch.ts";

export type ReplyState<Value> = {
  /** The newest reply that has come. While `loading` is true it may be the reply to the path asked for before. */
  value: Value | null;
  refusal: Refusal | null;
  loading: boolean;
};

type Fetch<Value> = (path: string, signal: AbortSignal) => Promise<Reply<Value>>;

/**
 * Fetches `path` (null: nothing) whenever it or `refetchKey` changes, and once more when the network is back. `fetchReply`
 * must be the same function at each drawing.
 */
export function useReply<Value>(
  path: string | null,
  refetchKey = 0,
  fetchReply: Fetch<Value> = load,
): Signal<ReplyState<Value>> {
  const [prefetched] = useState(() => (path === null ? null : takePrefetched<Value>(path)));
  const state = useSignal<ReplyState<Value>>(
    prefetched ? afterReply(prefetched, null) : { ...nothing, loading: path !== null },
  );
  const isPrefetched = useRef(prefetched !== null);
  const pathBefore = useRef(path);
  // An effect after the frame would come a tenth of a second later on a slow machine.
  useLayoutEffect(() => {
    if (path === null) {
      state.value = nothing;
      return;
    }
    const end = new AbortController();
    const fetchNow = async () => {
      // A repeat of the same path is not announced: the figures change, the page does not blink.
      if (pathBefore.current !== path) state.value = { ...state.peek(), loading: true };
      pathBefore.current = path;
      const reply = await fetchReply(path, end.signal);
      if (!end.signal.aborted) state.value = afterReply(reply, state.peek().value);
    };
    if (!isPrefetched.current) fetchNow();
    isPrefetched.current = false;
    addEventListener("online", fetchNow, { signal: end.signal });
    const unregister = register(path, state as Signal<ReplyState<unknown>>);
    return () => {
      unregister();
      end.abort();
    };
  }, [path, refetchKey]);
  return state;
}

/** Who shows the reply of a path at present. */
const shown = new Map<string, Set<Signal<ReplyState<unknown>>>>();

/** Gives every view that shows the reply of `path` a newer `value` of it: that with which the collector answered a change. */
export function replaceReply<Value>(path: string, value: Value): void {
  for (const state of shown.get(path) ?? []) state.value = { value, refusal: null, loading: false };
}

function register(path: string, state: Signal<ReplyState<unknown>>): () => void {
  const states = shown.get(path) ?? new Set();
  shown.set(path, states.add(state));
  return () => {
    states.delete(state);
    if (states.size === 0) shown.delete(path);
  };
}

const nothing = { value: null, refusal: null, loading: false };

/** Without a network the last reply is still worth reading; what the collector refuses is no longer ours to show. */
function afterReply<Value>(reply: Reply<Value>, last: Value | null): ReplyState<Value> {
  if (reply.ok) return { value: reply.value, refusal: null, loading: false };
  return { value: reply.refusal.code === "offline" ? last : null, refusal: reply.refusal, loading: false };
}
