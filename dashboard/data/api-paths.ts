/** What the first view of an address asks the collector for: written once for the view and for prefetch.ts. Pure. */
import type { Span } from "../address/period.ts";
import { metricsQuery } from "../address/period.ts";

export const sessionPath = "/v1/session";
export const surveysPath = "/v1/surveys?limit=50";

export function surveyPath(id: string): string {
  return `/v1/surveys/${encodeURIComponent(id)}`;
}

/** The usual days go unnamed: the collector knows a survey's today without being told of its time zone. */
export function figuresPath(id: string, query: URLSearchParams, span: Span): string {
  const wanted = metricsQuery(query, span);
  if (span.period === "90d") for (const name of ["from", "to"]) wanted.delete(name);
  return `${surveyPath(id)}/metrics?${wanted}`;
}

/** Without the cursor, which is added at its end. */
export function commentsPath(id: string, query: URLSearchParams): string {
  return `${surveyPath(id)}/comments?${new URLSearchParams([...query, ["limit", "20"]])}`;
}
