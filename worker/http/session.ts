/** The dashboard's cookie: how it is read and set, and what a request with it that changes something must show. */
import type { Context } from "hono";
import { deleteCookie, getCookie, setCookie } from "hono/cookie";
import { hashText } from "../crypto/hash.ts";
import type { App } from "../env.ts";
import { Problem } from "../problem.ts";

/** The methods that change nothing (RFC 9110, 9.2.1). */
export const safeMethods: ReadonlySet<string> = new Set(["GET", "HEAD", "OPTIONS"]);

/** The prefix `__Host-` binds the cookie to this host and to TLS. A collector on one's own machine has no TLS. */
function cookieName(c: Context<App>): string {
  return isSecure(c) ? "__Host-vidhuk" : "vidhuk";
}

function isSecure(c: Context<App>): boolean {
  return new URL(c.req.url).protocol === "https:";
}

/** The hash under which the request's session is stored; null without a cookie. */
export async function sessionHash(c: Context<App>): Promise<string | null> {
  const secret = getCookie(c, cookieName(c));
  return secret ? hashText(secret) : null;
}

/** The types of a body that no form can send, and another site only after the browser has asked the collector, which refuses. */
const SCRIPTED = ["application/json", "application/x-ndjson", "text/csv"];

/** Throws `forbidden` unless a page of the collector sent the request. */
export function mustBeOurPage(c: Context<App>): void {
  if (safeMethods.has(c.req.method)) return;
  const type = c.req.header("Content-Type")?.split(";")[0]?.trim().toLowerCase();
  if (!SCRIPTED.includes(type ?? "") || !ourOrigins(c).includes(c.req.header("Origin") ?? ""))
    throw new Problem("forbidden", {
      detail: "With a session, send application/json from a page of this host.",
    });
}

/**
 * The origins whose pages belong to the collector: the origin that the request was sent to, or, if `HOSTS` names hosts, only
 * those. With the list, a host name that a stranger has pointed at this machine is refused, although its pages have the origin
 * that they ask; and a proxy that passes requests on under another host name is accepted.
 */
function ourOrigins(c: Context<App>): string[] {
  const { protocol, origin } = new URL(c.req.url);
  const hosts = (c.env.HOSTS ?? "").split(/[\s,]+/).filter(Boolean);
  return hosts.length === 0 ? [origin] : hosts.map((host) => `${protocol}//${host.toLowerCase()}`);
}

/** Sets the cookie with the session's secret. No script can read the cookie, and no other site can send it. */
export function setSessionCookie(c: Context<App>, secret: string, seconds: number): void {
  setCookie(c, cookieName(c), secret, { ...attributes(c), maxAge: seconds });
}

export function clearSessionCookie(c: Context<App>): void {
  deleteCookie(c, cookieName(c), attributes(c));
}

function attributes(c: Context<App>) {
  return { path: "/", httpOnly: true, sameSite: "Strict", secure: isSecure(c) } as const;
}
