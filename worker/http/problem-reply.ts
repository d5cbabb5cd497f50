/** Turns a `Problem` into a reply: RFC 9457 problem+json, with a status for each code. */
import { limits } from "../../shared/limits.ts";
import type { ProblemBody, ProblemCode } from "../../shared/problem.ts";
import { questions } from "../../shared/vocabulary.ts";
import type { Problem } from "../problem.ts";

type Answer = { status: number; title: string; detail: string; retryAfterSeconds?: number };

const answers = {
  not_json: { status: 400, title: "Not JSON", detail: "The body is not valid JSON in UTF-8." },
  body_too_large: {
    status: 413,
    title: "Body too large",
    detail: `The body is larger than ${limits.bodyBytes / 1024} KiB.`,
  },
  incomplete_body: {
    status: 408,
    title: "Incomplete body",
    detail: "The connection broke off before the whole body had come; send it again.",
  },
  invalid: { status: 422, title: "Invalid", detail: "Something in the request does not fit." },
  unknown_field: { status: 422, title: "Unknown field", detail: "The request has a field that is not known here." },
  clock_skew: {
    status: 422,
    title: "Clock skew",
    detail: "The time in the id is too far from the server's, which is in `now`.",
  },
  no_answer: {
    status: 422,
    title: "No answer",
    detail: `A new response needs at least one of ${questions.join(", ")}.`,
  },
  unknown_survey: { status: 404, title: "Unknown survey", detail: "There is no survey with this id." },
  origin_not_allowed: {
    status: 403,
    title: "Origin not allowed",
    detail: "The survey's `origins` setting does not list the page's origin.",
  },
  challenge_required: {
    status: 403,
    title: "Challenge required",
    detail: "The survey asks for a fresh Turnstile token in `turnstile` with the first send of a response.",
  },
  not_yours: { status: 403, title: "Not yours", detail: "The response was made with another secret." },
  closed: { status: 409, title: "Closed", detail: "The time in which this response could be changed is over." },
  erased: {
    status: 410,
    title: "Erased",
    detail:
      "The response was erased: its words and all that told whose they were are gone. Lists of responses have its bare scores.",
  },
  rate_limited: {
    status: 429,
    title: "Too many requests",
    detail: "Too many requests came from here in a minute.",
    retryAfterSeconds: 60,
  },
  unauthorized: {
    status: 401,
    title: "Unauthorized",
    detail: "Send a valid key as `Authorization: Bearer …`.",
  },
  forbidden: { status: 403, title: "Forbidden", detail: "The key does not reach this." },
  not_found: { status: 404, title: "Not found", detail: "There is nothing at this address." },
  method_not_allowed: { status: 405, title: "Method not allowed", detail: "This address does not take this method." },
  unsupported_media_type: {
    status: 415,
    title: "Unsupported media type",
    detail: "Send application/json or text/plain.",
  },
  unsupported_combination: {
    status: 422,
    title: "Unsupported combination",
    detail: "These parameters cannot be used together.",
  },
  conflict: { status: 409, title: "Conflict", detail: "It was changed meanwhile; read it again and repeat." },
  not_ready: {
    status: 503,
    title: "Not ready",
    detail: "The database lacks this version's schema: run the migrations (`npm run deploy` does).",
    retryAfterSeconds: 30,
  },
  overloaded: { status: 503, title: "Overloaded", detail: "The database is busy; try again.", retryAfterSeconds: 5 },
  database_full: {
    status: 503,
    title: "Database full",
    detail:
      "The database has no room left and stores nothing new. Its owner can make room by a `retention_days` setting or by deleting surveys, or move to a plan with a larger database.",
    retryAfterSeconds: 3600,
  },
  plan_limit_reached: {
    status: 503,
    title: "Daily limit of the plan reached",
    detail: "Cloudflare's free plan gives this account no more rows today; it goes on at 00:00 UTC.",
    retryAfterSeconds: 3600,
  },
  internal: {
    status: 500,
    title: "Internal error",
    detail: "Something broke here; the request id names it in our log.",
  },
} satisfies Record<ProblemCode, Answer>;

export function problemReply(problem: Problem, requestId: string): Response {
  const answer: Answer = answers[problem.code];
  const {
    allow,
    retryAfterSeconds = answer.retryAfterSeconds,
    detail,
    errors,
    conflicts,
    now,
    siteKey,
  } = problem.extra;
  const said = errors?.map((each) => `${each.pointer || "the body"} ${each.detail}`).join("; ");
  const body: ProblemBody = {
    type: `urn:vidhuk:problem:${problem.code}`,
    title: answer.title,
    status: answer.status,
    detail: detail ?? said ?? answer.detail,
    code: problem.code,
    ...(errors && { errors }),
    ...(conflicts && { conflicts }),
    ...(now && { now }),
    ...(siteKey && { site_key: siteKey }),
    request_id: requestId,
  };
  const headers = new Headers({ "Content-Type": "application/problem+json" });
  if (allow) headers.set("Allow", allow.join(", "));
  if (retryAfterSeconds) headers.set("Retry-After", String(retryAfterSeconds));
  if (problem.code === "unauthorized") headers.set("WWW-Authenticate", 'Bearer realm="vidhuk"');
  return new Response(JSON.stringify(body), { status: answer.status, headers });
}
