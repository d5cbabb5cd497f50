/** The headers of every reply. A route may set its own Cache-Control, Referrer-Policy and Content-Security-Policy. */
import type { MiddlewareHandler } from "hono";
import { secureHeaders } from "hono/secure-headers";
import type { App } from "../env.ts";

/**
 * What tells a browser to trust the reply as little as possible. Every header of the library is named here: by default it would
 * forbid other sites to load the widget and the badge (Cross-Origin-Resource-Policy), and the rest of those that are off say
 * nothing that the Content-Security-Policy does not say.
 */
export const safeHeaders = secureHeaders({
  contentSecurityPolicy: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] },
  referrerPolicy: "no-referrer",
  strictTransportSecurity: "max-age=31536000",
  xContentTypeOptions: "nosniff",
  crossOriginEmbedderPolicy: false,
  crossOriginOpenerPolicy: false,
  crossOriginResourcePolicy: false,
  originAgentCluster: false,
  xDnsPrefetchControl: false,
  xDownloadOptions: false,
  xFrameOptions: false,
  xPermittedCrossDomainPolicies: false,
  xXssProtection: false,
  // A header that the route has set stays.
  overwrite: false,
});

/** The request's id for whoever reports a fault, and no copy of the reply in any cache unless the route allows one. */
export const requestHeaders: MiddlewareHandler<App> = async (c, next) => {
  await next();
  const { headers } = c.res;
  if (!headers.has("Cache-Control")) headers.set("Cache-Control", "no-store");
  headers.set("X-Request-Id", c.var.requestId);
};

/** The addresses to which any page may send JSON. */
export const publicWrites = ["/v1/responses", "/v1/events", "/v1/eligibility"];

/** Lets any page read the replies of a public route, without credentials. */
export const anyOrigin: MiddlewareHandler<App> = async (c, next) => {
  await next();
  c.res.headers.set("Access-Control-Allow-Origin", "*");
  c.res.headers.set("Access-Control-Expose-Headers", "Retry-After, X-Request-Id");
  c.res.headers.set("Cross-Origin-Resource-Policy", "cross-origin");
};

/**
 * Answers the preflight request that a browser makes before it sends JSON to another origin (text/plain needs none). Any header
 * is allowed: a page's monitoring may add its own to every request, and no answer may be lost because of that.
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

/**
 * The headers asked for, if they are a list of names of at most 1,000 characters; else `*`, which allows all but Authorization.
 */
function allowedHeaders(asked = "Content-Type"): string {
  return /^[\w!#$%&'*+.^`|~, -]{1,1000}$/.test(asked) ? asked : "*";
}
