import type { ProblemCode } from "../shared/problem.ts";

/** What wrangler.toml binds and what an operator may set. */
export type Env = {
  DB: D1Database;
  ASSETS: Fetcher;
  CLIENT_LIMIT: RateLimit;
  SURVEY_LIMIT: RateLimit;
  /** The root key: may do everything. Without it only keys work. */
  ADMIN_TOKEN?: string;
  /** "off" lifts the rate limits on one's own machine. */
  RATE_LIMIT?: string;
};

export type { ProblemCode };
