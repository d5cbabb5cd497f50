/** The routes of the app, read from the app itself, so that no list can be out of date. */
import { inspectRoutes } from "hono/dev";
import { createApp } from "../../../worker/app.ts";

/** `METHOD /path` of every handler, in the order of the routing table; middleware is none. */
export function registeredRoutes(): string[] {
  const handlers = inspectRoutes(createApp()).filter((route) => !route.isMiddleware);
  return [...new Set(handlers.map(({ method, path }) => `${method} ${path}`))];
}
