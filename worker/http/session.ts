/** The dashboard's cookie: where it is read, how it is set, and what an unsafe request with it must show. */
import type { Context } from "hono";
import { deleteCookie, getCookie, setCookie } from "hono/cookie";
import { hashText } from "../crypto/hash.ts";
import type { App } from "../env.ts";
import { Problem } from "../problem.ts";

/** The methods that change nothing (RFC 9110, 9.2.1). */
export const safeMethods: ReadonlySet<string> = new Set(["GET", "HEAD", "OPTIONS"]);

/** `__Host-` locks the cookie to this host and to TLS; a collector on one's own machine has no TLS. */
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

/** Throws `forbidden` unless the request comes from a page of our own: no form and no other site can send JSON so. */
export function mustBeOurPage(c: Context<App>): void {
  if (safeMethods.has(c.req.method)) return;
  const type = c.req.header("Content-Type")?.split(";")[0]?.trim().toLowerCase();
  if (type !== "application/json" || !ourOrigins(c).includes(c.req.header("Origin") ?? ""))
    throw new Problem("forbidden", {
      detail: "With a session, send application/json from a page of this host.",
    });
}

/**
 * The origins whose pages are our own: the one that the request was sent to, or, where `HOSTS` names hosts, those and no
 * other. The list shuts out a name that a stranger has pointed at this machine, whose pages would be of the same origin as
 * what they ask; and it lets a front in that passes requests on to another host name.
 */
function ourOrigins(c: Context<App>): string[] {
  const { protocol, origin } = new URL(c.req.url);
  const hosts = (c.env.HOSTS ?? "").split(/[\s,]+/).filter(Boolean);
  return hosts.length === 0 ? [origin] : hosts.map((host) => `${protocol}//${host.toLowerCase()}`);
}

/** Gives the browser its secret; no script can read it, no other site can send it. */
export function setSessionCookie(c: Context<App>, secret: string, seconds: number): void {
  setCookie(c, cookieName(c), secret, { ...attributes(c), maxAge: seconds });
}

export function clearSessionCookie(c: Context<App>): void {
  deleteCookie(c, cookieName(c), attributes(c));
}

function attributes(c: Context<App>) {
  return { path: "/", httpOnly: true, sameSite: "Strict", secure: isSecure(c) } as const;
}
