/** Refusals in the form that Delighted's clients read: `{"status", "message", "errors": {"field": ["detail"]}}`. */
import type { ErrorHandler } from "hono";
import type { ProblemBody } from "../../shared/problem.ts";
import type { App } from "../env.ts";
import { logError } from "../http/errors.ts";
import { problemReply } from "../http/problem-reply.ts";
import { Problem } from "../problem.ts";

export type DelightedRefusal = {
  status: number;
  message: string;
  /** What is wrong, in a sentence. */
  detail: string;
  errors?: Record<string, string[]>;
  request_id: string;
};

/** Answers what a route throws. */
export const delightedError: ErrorHandler<App> = (error, c) => {
  if (error instanceof Problem) return delightedRefusal(error, c.var.requestId);
  logError(error, c);
  return delightedRefusal(new Problem("internal"), c.var.requestId);
};

/** The same status, `Retry-After` and `Allow` as the native API answers with. */
export async function delightedRefusal(problem: Problem, requestId: string): Promise<Response> {
  const reply = problemReply(problem, requestId);
  const { status, title, detail, errors } = (await reply.json()) as ProblemBody;
  const headers = new Headers(reply.headers);
  headers.set("Content-Type", "application/json");
  if (status === 401) headers.set("WWW-Authenticate", 'Basic realm="vidhuk"');
  const body: DelightedRefusal = {
    status,
    message: status === 422 ? "Unprocessable Entity" : title,
    detail: status === 401 ? "Send a valid key as the user name of HTTP Basic." : detail,
    ...(errors && { errors: byField(errors) }),
    request_id: requestId,
  };
  return new Response(JSON.stringify(body), { status, headers });
}

function byField(errors: NonNullable<ProblemBody["errors"]>): Record<string, string[]> {
  const fields = new Map<string, string[]>();
  for (const { pointer, detail } of errors) {
    const field = pointer.slice(1).replaceAll("/", ".") || "base";
    fields.set(field, [...(fields.get(field) ?? []), detail]);
  }
  return Object.fromEntries(fields);
}
