/** Keeps a line of each act that needed an admin's key, and of whatever else a route says is worth one. */
import type { MiddlewareHandler } from "hono";
import { matchedRoutes } from "hono/route";
import { insertAct } from "../db/audit.ts";
import type { App, Principal } from "../env.ts";

const SAFE = new Set(["GET", "HEAD", "OPTIONS"]);

/** After the act, for a refused one leaves no row; before the reply, so that none is done and not kept. */
export const audited: MiddlewareHandler<App> = async (c, next) => {
  await next();
  const { acted, now, requestId, store } = c.var;
  const principal = c.var.principal as Principal | undefined;
  if (!principal || !acted || SAFE.has(c.req.method) || !c.res.ok) return;
  const route = matchedRoutes(c).find((each) => each.method === c.req.method);
  const { survey = null, ...named } = c.req.param() as Record<string, string>;
  await insertAct(store, {
    at: now,
    request: requestId,
    key_id: principal.id,
    act: `${c.req.method} ${route?.path}`,
    survey_id: acted.survey === undefined ? survey : acted.survey,
    target: acted.target === undefined ? (Object.values(named).at(-1) ?? null) : acted.target,
    detail: JSON.stringify(acted.detail ?? []),
  });
};
