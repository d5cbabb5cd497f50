/** Who may do what: a key's scope includes those below it, a bound key reaches its own survey only. */
import type { Context, MiddlewareHandler } from "hono";
import type { Scope } from "../../shared/schema/key.ts";
import { scopes } from "../../shared/schema/key.ts";
import { findKey } from "../db/keys.ts";
import type { App, Principal } from "../env.ts";
import { hashText, sameSecret } from "./hash.ts";
import { idOfKey } from "./key.ts";
import { Problem } from "./problem.ts";

/** Refuses with 401 without a valid key, with 403 when its scope or its survey is another. */
export function needs(scope: Scope): MiddlewareHandler<App> {
  return async (c, next) => {
    const principal = await identify(c);
    if (!principal) throw new Problem("unauthorized");
    if (!reaches(principal, scope, c.req.param("survey") ?? null)) throw new Problem("forbidden");
    c.set("principal", principal);
    await next();
  };
}

/** Whether the holder may act with `scope` on `survey` (null: on none in particular). */
export function reaches(principal: Principal, scope: Scope, survey: string | null): boolean {
  const enough = scopes.indexOf(principal.scope) >= scopes.indexOf(scope);
  return enough && (survey === null || principal.survey === null || principal.survey === survey);
}

/** The holder of the request's key, or null when there is none or it is not valid. */
export async function identify(c: Context<App>): Promise<Principal | null> {
  const key = /^Bearer (\S+)$/i.exec(c.req.header("Authorization") ?? "")?.[1];
  if (!key) return null;
  if (c.env.ADMIN_TOKEN && (await sameSecret(key, c.env.ADMIN_TOKEN)))
    return { id: "root", scope: "admin", survey: null, expires_at: null };
  const id = idOfKey(key);
  const stored = id && (await findKey(c.var.store, id));
  if (!stored || !(await sameSecret(stored.hash, await hashText(key)))) return null;
  if (stored.expires_at !== null && stored.expires_at <= c.var.now) return null;
  return { id: stored.id, scope: stored.scope, survey: stored.survey_id, expires_at: stored.expires_at };
}
