/** Headers of every reply. Routes opt out of `no-store`; nobody opts out of the rest. */
import type { MiddlewareHandler } from "hono";
import type { App } from "../env.ts";

export const safeHeaders: MiddlewareHandler<App> = async (c, next) => {
  await next();
  const { headers } = c.res;
  if (!headers.has("Cache-Control")) headers.set("Cache-Control", "no-store");
  headers.set("X-Content-Type-Options", "nosniff");
  headers.set("Strict-Transport-Security", "max-age=31536000");
  if (!headers.has("Referrer-Policy")) headers.set("Referrer-Policy", "no-referrer");
  if (!headers.has("Content-Security-Policy"))
    headers.set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
  headers.set("X-Request-Id", c.var.requestId);
};

/** The addresses to which any page may send JSON. */
export const publicWrites = ["/v1/responses", "/v1/events", "/v1/eligibility"];

/** Any page may call a public route, without credentials. */
export const anyOrigin: MiddlewareHandler<App> = async (c, next) => {
  await next();
  c.res.headers.set("Access-Control-Allow-Origin", "*");
  c.res.headers.set("Access-Control-Expose-Headers", "Retry-After, X-Request-Id");
  c.res.headers.set("Cross-Origin-Resource-Policy", "cross-origin");
};

/**
 * Answers the question a browser asks before it sends JSON across origins (text/plain needs none). Any header may come along:
 * a page's monitoring adds its own to every request, and an answer must not be lost to it.
 */
export const preflight: MiddlewareHandler<App> = async (c, next) => {
  if (c.req.method !== "OPTIONS") return next();
  return c.body(null, 204, {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Allow-Methods": "POST",
    "Access-Control-Allow-Headers": allowedHeaders(c.req.header("Access-Control-Request-Headers")),
    "Access-Control-Max-Age": "86400",
    Vary: "Access-Control-Request-Headers",
  });
};

/** What is asked for, where it is a list of names of some length; `*` covers all of them but Authorization. */
function allowedHeaders(asked = "Content-Type"): string {
  return /^[\w!#$%&'*+.^`|~, -]{1,1000}$/.test(asked) ? asked : "*";
}
