/**
 * What a request gives away of itself. A flag takes nothing from anybody: the response is stored and counted, and the team
 * may look at the scores without those flagged. So each needs evidence; a header that is merely missing is none.
 */

import type { Context } from "hono";
import type { Flag } from "../../shared/vocabulary.ts";
import { flags } from "../../shared/vocabulary.ts";
import type { App } from "../env.ts";

/** They say so themselves: headless browsers, libraries, crawlers, monitors. */
const AUTOMATED =
  /headless|phantomjs|puppeteer|playwright|selenium|(?<!cu)bot\b|crawl|spider|curl\/|wget|python|aiohttp|httpx|go-http|java\/|okhttp|axios|\bnode\b|undici|postman|insomnia|libwww|ruby|perl|k6\//i;

/** Since 76 and 90 these send `Sec-Fetch-Mode` with every request to a trustworthy address; a script that wears the name seldom does. */
const SENDS_FETCH_METADATA = /(?:Chrome\/(?:7[6-9]|[89]\d|\d{3})|Firefox\/(?:9\d|\d{3}))/;

/** `burst`: this client wrote more in a minute than a household does. `page`: the address that the body claims. */
export function flagsOf(c: Context<App>, { page, burst }: { page?: string | undefined; burst: boolean }): Flag[] {
  const agent = c.req.header("User-Agent");
  const origin = c.req.header("Origin");
  const mode = c.req.header("Sec-Fetch-Mode");
  const shown: Partial<Record<Flag, boolean>> = {
    automated: isAutomated(agent),
    burst,
    forged_browser: mode === undefined && SENDS_FETCH_METADATA.test(agent ?? "") && isTrustworthy(c.req.url),
    // A text/plain form of another site can post JSON without a script; no page of ours does.
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

/** An opaque origin (a sandboxed frame, a file) says `null` and may be any page. */
function isOtherPage(origin: string | undefined, page: string | undefined): boolean {
  if (origin === undefined || origin === "null" || page === undefined) return false;
  return URL.parse(page)?.origin !== origin;
}

function isTrustworthy(address: string): boolean {
  const { protocol, hostname } = new URL(address);
  return protocol === "https:" || hostname === "localhost" || hostname === "127.0.0.1";
}
