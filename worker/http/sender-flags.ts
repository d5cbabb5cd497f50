/**
 * Flags by which a request shows that a program may have sent it. A flagged response is stored and counted all the same, and the
 * team can look at the scores without such responses. Each flag needs evidence; a missing header alone is no evidence.
 */

import type { Context } from "hono";
import type { Flag } from "../../shared/vocabulary.ts";
import { flags } from "../../shared/vocabulary.ts";
import type { App } from "../env.ts";

/** Words by which headless browsers, HTTP libraries and crawlers name themselves. Why not isbot: docs/decisions.md. */
const AUTOMATED =
  /headless|phantomjs|puppeteer|playwright|selenium|(?<!cu)bot\b|crawl|spider|curl\/|wget|python|aiohttp|httpx|go-http|java\/|okhttp|axios|\bnode\b|undici|postman|insomnia|libwww|ruby|perl|k6\//i;

/**
 * Chrome since 76 and Firefox since 90 send `Sec-Fetch-Mode` with every request to a trustworthy address. A script that only
 * uses their name seldom does.
 */
const SENDS_FETCH_METADATA = /(?:Chrome\/(?:7[6-9]|[89]\d|\d{3})|Firefox\/(?:9\d|\d{3}))/;

/**
 * The flags of a request. `burst`: its client wrote more in a minute than a household does. `page`: the page that the body
 * names.
 */
export function flagsOf(c: Context<App>, { page, burst }: { page?: string | undefined; burst: boolean }): Flag[] {
  const agent = c.req.header("User-Agent");
  const origin = c.req.header("Origin");
  const mode = c.req.header("Sec-Fetch-Mode");
  const shown: Partial<Record<Flag, boolean>> = {
    automated: isAutomated(agent),
    burst,
    forged_browser: mode === undefined && SENDS_FETCH_METADATA.test(agent ?? "") && isTrustworthy(c.req.url),
    // A form with text/plain on another site can post JSON without a script; the widget never navigates.
    navigated: mode === "navigate",
    no_page: origin === undefined,
    other_page: isOtherPage(origin, page),
  };
  return flags.filter((flag) => shown[flag]);
}

/** Whether a user agent names a program and not a person's browser. */
export function isAutomated(agent: string | undefined): boolean {
  return agent !== undefined && AUTOMATED.test(agent);
}

/** Whether the origin is not that of the page named. A sandboxed frame or a file has the origin `null` and may be any page. */
function isOtherPage(origin: string | undefined, page: string | undefined): boolean {
  if (origin === undefined || origin === "null" || page === undefined) return false;
  return URL.parse(page)?.origin !== origin;
}

function isTrustworthy(address: string): boolean {
  const { protocol, hostname } = new URL(address);
  return protocol === "https:" || hostname === "localhost" || hostname === "127.0.0.1";
}
