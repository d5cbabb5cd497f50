/**
 * Asks for what the first view needs while the page's own code is still on its way: all at once, where session, survey
 * and figures one after another took three round trips after it.
 */
import { parseAddress, prefetchedPaths } from "../address/routes.ts";
import type { Reply } from "./api.ts";
import { get } from "./api.ts";
import { sessionPath } from "./api-paths.ts";

/** `reply` is null until it has come. */
type Request = { pending: Promise<Reply<unknown>>; reply: Reply<unknown> | null };

/** The requests on their way or answered, by their paths. */
const requests = new Map<string, Request>();

/** `hash`: the address from the `#` on. */
export function startPrefetch(hash: string): void {
  // Somebody who comes with a one-time code is not signed in yet.
  if (/^#(code|colleague)=/.test(hash)) return;
  for (const path of [sessionPath, ...prefetchedPaths(parseAddress(hash))]) {
    const request: Request = { pending: get(path), reply: null };
    request.pending.then((reply) => {
      request.reply = reply;
    });
    requests.set(path, request);
  }
}

/** Settles once every prefetched reply has come, or after `timeoutMs`. */
export async function settlePrefetch(timeoutMs: number): Promise<void> {
  const timeout = new Promise((resolve) => setTimeout(resolve, timeoutMs));
  await Promise.race([timeout, Promise.all([...requests.values()].map(({ pending }) => pending))]);
}

/** The prefetched reply of `path` if it has come already, else null. A reply is handed out once. */
export function takePrefetched<Value>(path: string): Reply<Value> | null {
  const reply = requests.get(path)?.reply ?? null;
  if (reply) requests.delete(path);
  return reply as Reply<Value> | null;
}

/** The prefetched reply of `path`, on its way or here, if nobody has taken it yet; else a new one. */
export function load<Value>(path: string, signal?: AbortSignal): Promise<Reply<Value>> {
  const pending = requests.get(path)?.pending;
  requests.delete(path);
  return (pending as Promise<Reply<Value>> | undefined) ?? get(path, signal);
}

/** Forgets all that was prefetched: whoever signs in next must not see what was asked for before. */
export function discardPrefetched(): void {
  requests.clear();
}
