/** An expected refusal. Any part of the collector may throw one, and http/problem-reply.ts turns it into a reply. */
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

/** The refusal of one field, for what no schema can check. */
export function invalid(pointer: string, detail: string): Problem {
  return new Problem("invalid", { errors: [{ pointer, detail }] });
}
