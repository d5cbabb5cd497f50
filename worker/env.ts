import type { Scope } from "../shared/vocabulary.ts";
import type { Store } from "./db/store.ts";

/** What wrangler.toml binds and what an operator may set. */
export type Env = {
  DB: D1Database;
  ASSETS: Fetcher;
  CLIENT_LIMIT: RateLimit;
  SURVEY_LIMIT: RateLimit;
  BURST_LIMIT: RateLimit;
  /** The root key: may do everything. Without it only keys work. */
  ADMIN_TOKEN?: string;
  /** "off" lifts the rate limits on one's own machine. */
  RATE_LIMIT?: string;
  /**
   * The hosts (each with its port, unless that is the scheme's own) from whose pages a signed-in browser may write, with
   * blanks or commas between; without it the host that is asked.
   */
  HOSTS?: string;
  /** Where people find this collector, if not at the host that it is asked at: `https://shop.example/feedback`. */
  PUBLIC_URL?: string;
  /** Of Cloudflare Turnstile, for the surveys that ask for it; without it those refuse everybody. */
  TURNSTILE_SECRET?: string;
  /** For how many days the audit log is kept; by default as in shared/limits.ts. */
  AUDIT_DAYS?: string;
  /** How many rows a day the erasure of deleted surveys may write; by default as in worker/jobs/erase-surveys.ts. */
  ERASURE_ROWS_A_DAY?: string;
};

/** Who holds the key or session that came with a request. `hash` is the key's; `survey: null` = every survey. */
export type Principal = { id: string; hash: string; scope: Scope; survey: string | null; expires_at: number | null };

export type App = {
  Bindings: Env;
  Variables: {
    now: number;
    clock: () => number;
    store: Store;
    fetch: typeof fetch;
    requestId: string;
    principal: Principal;
  };
};
