import type { Scope } from "../shared/vocabulary.ts";
import type { Store } from "./db/store.ts";

/** What wrangler.toml binds, and the variables and secrets that an operator may set. */
export type Env = {
  DB: D1Database;
  ASSETS: Fetcher;
  CLIENT_LIMIT: RateLimit;
  SURVEY_LIMIT: RateLimit;
  BURST_LIMIT: RateLimit;
  /** The root key, which may do everything. Without it only keys work. */
  ADMIN_TOKEN?: string;
  /** "off" lifts the rate limits on one's own machine. */
  RATE_LIMIT?: string;
  /**
   * The hosts from whose pages a signed-in browser may write, with blanks or commas between, each with its port unless it is the
   * scheme's default port. Without this variable only the host that the request was sent to.
   */
  HOSTS?: string;
  /** The address at which people reach this collector, if not its own host: `https://shop.example/feedback`. */
  PUBLIC_URL?: string;
  /** The secret of Cloudflare Turnstile. Without it the surveys that ask for Turnstile refuse every response from a page. */
  TURNSTILE_SECRET?: string;
  /** For how many days the audit log is kept; shared/limits.ts has the default. */
  AUDIT_DAYS?: string;
  /** How many rows a day the erasure of deleted surveys may write; worker/jobs/erase-surveys.ts has the default. */
  ERASURE_ROWS_A_DAY?: string;
  /** "on": webhooks may send to this machine itself, where `npm start` or `npm run dev` has started the collector. */
  WEBHOOKS_TO_LOOPBACK?: string;
  /** How many seconds a receiver of webhooks has to answer, 1 to 25; shared/limits.ts has the default. */
  WEBHOOK_TIMEOUT_SECONDS?: string;
  /** What sends mails, as docs/deploy.md describes it. It holds a password or a key. Without it no mail is sent. */
  MAILER?: string;
  /** From whom mails are: `Name <address>`, or the address alone. */
  MAIL_FROM?: string;
  /** How many mails are handed over in a minute and in a day (UTC), and how many seconds each may take; shared/limits.ts has the defaults. */
  MAILS_PER_MINUTE?: string;
  MAILS_PER_DAY?: string;
  MAIL_TIMEOUT_SECONDS?: string;
  /** Cloudflare's Email Service, where wrangler.toml binds it. */
  EMAIL?: SendEmail;
};

/** The holder of the key or session of a request. `hash`: that of the key. `survey`: the one it is bound to; null for all. */
export type Principal = { id: string; hash: string; scope: Scope; survey: string | null; expires_at: number | null };

export type App = {
  Bindings: Env;
  Variables: {
    now: number;
    clock: () => number;
    store: Store;
    fetch: typeof fetch;
    /** Whether the Worker was bundled for the machine that it runs on, and not for a deploy. */
    isLocal: boolean;
    requestId: string;
    principal: Principal;
  };
};
