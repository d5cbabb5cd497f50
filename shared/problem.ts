/**
 * The codes for "no" on the wire (RFC 9457). Add-only: clients branch on them.
 * Each maps to one HTTP status in worker/http/problem-reply.ts.
 */
export const problemCodes = [
  "not_json",
  "body_too_large",
  "incomplete_body",
  "invalid",
  "unknown_field",
  "clock_skew",
  "no_answer",
  "unknown_survey",
  "origin_not_allowed",
  "not_yours",
  "challenge_required",
  "closed",
  "erased",
  "rate_limited",
  "unauthorized",
  "forbidden",
  "not_found",
  "method_not_allowed",
  "unsupported_media_type",
  "unsupported_combination",
  "conflict",
  "not_ready",
  "overloaded",
  "database_full",
  "plan_limit_reached",
  "internal",
] as const;

export type ProblemCode = (typeof problemCodes)[number];

/** One thing wrong with a body or a query: where (RFC 6901 pointer, or the parameter's name) and what. */
export type ProblemError = { pointer: string; detail: string };

/**
 * With `conflict`: a field of a survey that somebody else has changed since the version that the save was made on. Who (a
 * key's id, or `root`) and when are null where the log does not reach back so far.
 */
export type ProblemConflict = { pointer: string; key: string | null; at: string | null };

/** The body of every refusal: `application/problem+json`. */
export type ProblemBody = {
  type: string;
  title: string;
  status: number;
  detail: string;
  code: ProblemCode;
  errors?: ProblemError[];
  /** With `conflict`, where the request named a version. */
  conflicts?: ProblemConflict[];
  /** With `clock_skew`: the server's time, by which a browser mints its id again. */
  now?: string;
  /** With `challenge_required`: for which site of Cloudflare Turnstile a token is wanted. */
  site_key?: string;
  request_id?: string;
};
