/**
 * Every path of the collector's API that the dashboard asks for. A path is written here once: prefetch.ts asks for the same
 * function's result as the view does, and finds the reply by it. Pure.
 */
import { limits } from "../../shared/limits.ts";
import type { Span } from "../address/period.ts";
import { metricsQuery } from "../address/period.ts";

type Query = URLSearchParams | Record<string, string>;

export const sessionPath = "/v1/session";
/** A code that is to reach a colleague lives as long as one may. */
export const signInCodesPath = `/v1/session/codes?expires_in_days=${limits.signInCodeDaysMost}`;
export const surveysPath = "/v1/surveys";
export const surveyListPath = withQuery(surveysPath, { limit: "50" });
export const keysPath = "/v1/keys";
export const auditPath = "/v1/audit?limit=50";
export const statusPath = "/v1/status";
export const unsubscribesPath = "/v1/unsubscribes";

export function keyPath(id: string): string {
  return `${keysPath}/${encodeURIComponent(id)}`;
}

/** In the query, for an id may be `..`, which no path can hold. */
export function respondentPath(id: string): string {
  return withQuery("/v1/respondents", { respondent: id });
}

export function surveyPath(survey: string): string {
  return `${surveysPath}/${encodeURIComponent(survey)}`;
}

export function metricsPath(survey: string, query: Query): string {
  return withQuery(`${surveyPath(survey)}/metrics`, query);
}

/** The usual days go unnamed: the collector knows a survey's today without being told of its time zone. */
export function figuresPath(survey: string, query: URLSearchParams, span: Span): string {
  const wanted = metricsQuery(query, span);
  if (span.period === "90d") for (const name of ["from", "to"]) wanted.delete(name);
  return metricsPath(survey, wanted);
}

export function topicsPath(survey: string, query: Query): string {
  return withQuery(`${surveyPath(survey)}/topics`, query);
}

/** `query` names the surveys. */
export function combinedMetricsPath(query: Query): string {
  return withQuery("/v1/metrics", query);
}

/** `query` names the surveys. */
export function combinedTopicsPath(query: Query): string {
  return withQuery("/v1/topics", query);
}

export function assigneesPath(survey: string): string {
  return `${surveyPath(survey)}/assignees`;
}

/** The first page of `limit` comments under the filters in `query`. */
export function commentsPath(survey: string, query: Query, limit = 20): string {
  return withQuery(withQuery(`${surveyPath(survey)}/comments`, query), { limit: String(limit) });
}

/** The survey's responses under the filters in `query`, which are those of the comments. */
export function responsesPath(survey: string, query: Query): string {
  return withQuery(`${surveyPath(survey)}/responses`, query);
}

export function responsePath(survey: string, response: string): string {
  return `${surveyPath(survey)}/responses/${encodeURIComponent(response)}`;
}

export function archivePath(survey: string): string {
  return `${surveyPath(survey)}/archive`;
}

export function importPath(survey: string, query: Query): string {
  return withQuery(`${surveyPath(survey)}/import`, query);
}

export function testResponsesPath(survey: string): string {
  return `${surveyPath(survey)}/test-responses`;
}

export function livePath(survey: string): string {
  return `${surveyPath(survey)}/live`;
}

export function badgePath(survey: string): string {
  return `${surveyPath(survey)}/badge`;
}

export function emailBlockPath(survey: string, query: Query): string {
  return withQuery(`${surveyPath(survey)}/email-block`, query);
}

export function invitationsPath(survey: string): string {
  return `${surveyPath(survey)}/invitations`;
}

export function invitationPath(survey: string, invitation: string): string {
  return `${invitationsPath(survey)}/${encodeURIComponent(invitation)}`;
}

export function signingKeysPath(survey: string): string {
  return `${surveyPath(survey)}/signing-keys`;
}

export function signingKeyPath(survey: string, key: string): string {
  return `${signingKeysPath(survey)}/${encodeURIComponent(key)}`;
}

export function hooksPath(survey: string): string {
  return `${surveyPath(survey)}/hooks`;
}

export function hookPath(survey: string, hook: string): string {
  return `${hooksPath(survey)}/${encodeURIComponent(hook)}`;
}

export function webhooksPath(survey: string): string {
  return `${surveyPath(survey)}/webhooks`;
}

export function webhookPath(survey: string, webhook: string): string {
  return `${webhooksPath(survey)}/${encodeURIComponent(webhook)}`;
}

/** `path`, which may have a query already, with the parameters of `query` added to it. */
export function withQuery(path: string, query: Query): string {
  const text = new URLSearchParams(query).toString();
  return text === "" ? path : `${path}${path.includes("?") ? "&" : "?"}${text}`;
}
