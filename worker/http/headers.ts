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

/** Any page may call a public route, without credentials. */
export const anyOrigin: MiddlewareHandler<App> = async (c, next) => {
  await next();
  c.res.headers.set("Access-Control-Allow-Origin", "*");
  c.res.headers.set("Access-Control-Expose-Headers", "Retry-After, X-Request-Id");
  c.res.headers.set("Cross-Origin-Resource-Policy", "cross-origin");
};

/** Answers the question a browser asks before it sends JSON across origins (text/plain needs none). */
export const preflight: MiddlewareHandler<App> = async (c, next) => {
  if (c.req.method !== "OPTIONS") return next();
  return c.body(null, 204, {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Allow-Methods": "POST",
    "Access-Control-Allow-Headers": "Content-Type",
    "Access-Control-Max-Age": "86400",
  });
};
