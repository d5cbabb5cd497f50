/** Tells a view the moment something changes: by the collector’s event stream, or by asking again where there is none. */
import type { MoreComments } from "../../shared/schema/live.ts";
import { livePath } from "./api-paths.ts";

/** A tab that stands open all day asks 6,000 times; of 100,000 requests a day the free plan keeps the rest for answers. */
const ASK_AGAIN_MS = 5000;

export type LiveHandlers = {
  metrics: () => void;
  comment?: () => void;
  /** More came than the stream tells one by one. */
  more?: (more: MoreComments) => void;
};

/** Listens until the returned function is called. */
export function listenToSurvey(survey: string, handlers: LiveHandlers): () => void {
  const end = new AbortController();
  const source = new EventSource(livePath(survey));
  let endAsking: (() => void) | undefined;
  source.addEventListener("metrics", handlers.metrics);
  source.addEventListener("comment", () => handlers.comment?.());
  source.addEventListener("more", ({ data }) => handlers.more?.(JSON.parse(data)));
  // Closed and not reconnecting: this collector has no stream. Figures carry an ETag, so to ask again is cheap.
  source.addEventListener("error", () => {
    if (source.readyState === EventSource.CLOSED && !end.signal.aborted) endAsking ??= askAgain(handlers.metrics);
  });
  // A tab that comes back after a night has missed what its stream would have said.
  document.addEventListener("visibilitychange", () => document.hidden || handlers.metrics(), { signal: end.signal });
  return () => {
    end.abort();
    source.close();
    endAsking?.();
  };
}

/**
 * Asks every five seconds while somebody looks, until the returned function is called. For several surveys too: a stream each
 * would use up the connections that a browser opens to one host.
 */
export function askAgain(ask: () => void): () => void {
  const timer = setInterval(() => document.hidden || ask(), ASK_AGAIN_MS);
  return () => clearInterval(timer);
}
