/** Told the moment something changes: by the collector's event stream, or by asking again where there is none. */

const ASK_AGAIN_MS = 1500;

export type Heard = { metrics: () => void; comment: () => void };

/** Listens until the returned function is called. */
export function listenToSurvey(survey: string, heard: Heard): () => void {
  const end = new AbortController();
  const source = new EventSource(`/v1/surveys/${encodeURIComponent(survey)}/live`);
  let timer: number | undefined;
  source.addEventListener("metrics", heard.metrics);
  source.addEventListener("comment", heard.comment);
  // Closed and not reconnecting: this collector has no stream. Figures carry an ETag, so to ask again is cheap.
  source.addEventListener("error", () => {
    if (source.readyState !== EventSource.CLOSED || end.signal.aborted || timer) return;
    timer = setInterval(() => document.hidden || heard.metrics(), ASK_AGAIN_MS);
  });
  // A tab that comes back after a night has missed what its stream would have said.
  document.addEventListener("visibilitychange", () => document.hidden || heard.metrics(), { signal: end.signal });
  return () => {
    end.abort();
    source.close();
    clearInterval(timer);
  };
}
