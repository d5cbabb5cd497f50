/** Turns what a route throws into a reply: a Problem into its refusal, any other error into `internal`, which is logged. */
import type { Context, ErrorHandler, Hono, NotFoundHandler } from "hono";
import type { App } from "../env.ts";
import { isolateCache } from "../isolate-cache.ts";
import { logFault, textOf } from "../log.ts";
import { Problem } from "../problem.ts";
import { publicWrites } from "./headers.ts";
import { problemReply } from "./problem-reply.ts";

export const onError: ErrorHandler<App> = (error, c) => {
  if (error instanceof Problem) return problemReply(unlessUnsure(error, c), c.var.requestId);
  logError(error, c);
  return problemReply(new Problem("internal"), c.var.requestId);
};

/** An act that was sent to the database twice may have met its own first time: what it deleted is then not there. */
function unlessUnsure(problem: Problem, c: Context<App>): Problem {
  const mayBeOwn = ["not_found", "unknown_survey", "conflict"];
  if (!mayBeOwn.includes(problem.code) || c.req.method === "GET" || !c.var.store.hasSentAgain()) return problem;
  const detail = "The database lost the connection in mid-act: look whether it is done before you send it again.";
  return new Problem("overloaded", { detail });
}

/** Logs a fault of a request. An isolate logs the same one once a minute, since a sender can cause it a thousand times. */
export function logError(error: Error, c: Context<App>): void {
  const name = `${c.req.routePath} ${textOf(error)}`;
  const known = logged.get(name);
  if (known && c.var.now - known.at < LOG_AGAIN_MS) {
    known.since++;
    return;
  }
  logged.set(name, { at: c.var.now, since: 0 });
  const unlogged = known?.since ? { unlogged: known.since } : {};
  logFault(error, { kind: "request", request: c.var.requestId, route: c.req.routePath, ...unlogged });
}

const LOG_AGAIN_MS = 60_000;
const logged = isolateCache<{ at: number; since: number }>(100);

const METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"];

/** Replies 405 with `Allow` where the address exists for another method, else 404. */
export function notFound(app: Hono<App>): NotFoundHandler<App> {
  return (c) => problemReply(problemOfNoRoute(app, c), c.var.requestId);
}

/** What is wrong with a request for which there is no route. */
export function problemOfNoRoute(app: Hono<App>, c: Context<App>): Problem {
  const allowed = METHODS.filter((method) => hasRoute(app, method, c.req.path));
  const allow = allowed.includes("GET") ? ["HEAD", ...allowed] : allowed;
  if (allow.length === 0) return new Problem("not_found");
  return new Problem("method_not_allowed", {
    allow: publicWrites.includes(c.req.path) ? [...allow, "OPTIONS"] : allow,
  });
}

/** Middleware is registered for all methods; only a handler with a method of its own is a route. */
function hasRoute(app: Hono<App>, method: string, path: string): boolean {
  const [handlers] = app.router.match(method, path);
  return handlers.some(([[, route]]) => route.method === method);
}
