/** An expected refusal: thrown on any floor of the collector, turned into a reply by http/problem-reply.ts. */
import type { ProblemCode, ProblemConflict, ProblemError } from "../shared/problem.ts";

export type ProblemExtra = {
  detail?: string;
  errors?: ProblemError[];
  conflicts?: ProblemConflict[];
  now?: string;
  siteKey?: string;
  allow?: string[];
  retryAfterSeconds?: number;
};

export class Problem extends Error {
  readonly code: ProblemCode;
  readonly extra: ProblemExtra;

  constructor(code: ProblemCode, extra: ProblemExtra = {}) {
    super(code);
    this.code = code;
    this.extra = extra;
  }
}

/** One field's "no", for refusals that no schema can make. */
export function invalid(pointer: string, detail: string): Problem {
  return new Problem("invalid", { errors: [{ pointer, detail }] });
}
