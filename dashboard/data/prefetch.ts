/**
 * Asks for what the first view needs while the page's own code is still on its way: all at once, where session, survey
 * and figures one after another took three round trips after it.
 */

import { spanOf } from "../address/period.ts";
import type { Reply } from "./api.ts";
import { get } from "./api.ts";
import { commentsPath, figuresPath, sessionPath, surveyListPath, surveyPath } from "./api-paths.ts";

/** `reply` is null until it has come. */
type Request = { pending: Promise<Reply<unknown>>; reply: Reply<unknown> | null };

/** By their paths. */
const requests = new Map<string, Request>();

/** `hash`: the address from the `#` on. */
export function startPrefetch(hash: string): void {
  // Somebody who comes with a one-time code is not signed in yet.
  if (hash.startsWith("#code=")) return;
  for (const path of [sessionPath, ...pathsOf(hash)]) {
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

function pathsOf(hash: string): string[] {
  const [path = "", search = ""] = hash.slice(1).split("?");
  const [, first, id, tab] = path.split("/");
  if (!first) return [surveyListPath];
  if (first !== "s" || !id) return [];
  const query = new URLSearchParams(search);
  const span = spanOf(query, new Date().toISOString().slice(0, 10));
  // Which other days are meant depends on the survey's time zone, and so do the comments of a period.
  if (!tab && /^(90d|custom)$/.test(span.period)) return [surveyPath(id), figuresPath(id, query, span)];
  if (tab === "comments" && query.size === 0) return [surveyPath(id), commentsPath(id, query)];
  return [surveyPath(id)];
}
