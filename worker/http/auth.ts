/** Who may do what: a key's scope includes those below it, a bound key reaches its own survey only. */
import type { Context, MiddlewareHandler } from "hono";
import type { Scope } from "../../shared/vocabulary.ts";
import { scopes } from "../../shared/vocabulary.ts";
import { idOfKey } from "../crypto/api-key.ts";
import { hashText, sameSecret } from "../crypto/hash.ts";
import { mustBeMigrated } from "../db/health.ts";
import { findKey } from "../db/keys.ts";
import { findSession } from "../db/sessions.ts";
import type { App, Principal } from "../env.ts";
import { Problem } from "../problem.ts";
import { mustBeOurPage, safeMethods, sessionHash } from "./session.ts";

/** Stands for `ADMIN_TOKEN` where a key's id else does. */
export const ROOT = "root";

/**
 * Refuses with 401 without a valid key or session, with 403 when its scope or its survey is another; an act with `not_ready`
 * while the database is older than this version.
 */
export function needs(scope: Scope): MiddlewareHandler<App> {
  return async (c, next) => {
    const principal = await identify(c);
    if (!principal) throw new Problem("unauthorized");
    if (!reaches(principal, scope, c.req.param("survey") ?? null)) throw new Problem("forbidden");
    if (!safeMethods.has(c.req.method)) await mustBeMigrated(c.var.store, c.env.DB ?? c);
    c.set("principal", principal);
    await next();
  };
}

/** Whether the holder may act with `scope` on `survey` (null: on none in particular). */
export function reaches(principal: Principal, scope: Scope, survey: string | null): boolean {
  const enough = scopes.indexOf(principal.scope) >= scopes.indexOf(scope);
  return enough && (survey === null || principal.survey === null || principal.survey === survey);
}

/** The holder of the request's key or, without one, of its session; null when there is none or it is not valid. */
export async function identify(c: Context<App>): Promise<Principal | null> {
  const header = c.req.header("Authorization");
  if (header === undefined) return holderOfSession(c);
  const key = /^Bearer (\S+)$/i.exec(header)?.[1];
  return key ? holderOfKey(c, key) : null;
}

/** Who holds `key`; null for a key that is unknown, wrong or expired. */
export async function holderOfKey(c: Context<App>, key: string): Promise<Principal | null> {
  if (c.env.ADMIN_TOKEN && (await sameSecret(key, c.env.ADMIN_TOKEN)))
    return holderOf(c, ROOT, await hashText(c.env.ADMIN_TOKEN));
  const id = idOfKey(key);
  return id === null ? null : holderOf(c, id, await hashText(key));
}

/** The key with this id, if it still has this hash and has not expired. */
export async function holderOf(c: Context<App>, id: string, hash: string): Promise<Principal | null> {
  if (id === ROOT) {
    const current = c.env.ADMIN_TOKEN && (await hashText(c.env.ADMIN_TOKEN));
    if (!current || !(await sameSecret(hash, current))) return null;
    return { id, hash, scope: "admin", survey: null, expires_at: null };
  }
  const stored = await findKey(c.var.store, id);
  if (!stored || !(await sameSecret(stored.hash, hash))) return null;
  if (stored.expires_at !== null && stored.expires_at <= c.var.now) return null;
  return { id, hash, scope: stored.scope, survey: stored.survey_id, expires_at: stored.expires_at };
}

async function holderOfSession(c: Context<App>): Promise<Principal | null> {
  const hash = await sessionHash(c);
  const session = hash && (await findSession(c.var.store, hash));
  if (!session || session.expires_at <= c.var.now) return null;
  const holder = await holderOf(c, session.key_id, session.key_hash);
  // After the look-up, so that a stale cookie is told to sign in again and not that its page is a stranger's.
  if (holder) mustBeOurPage(c);
  return holder;
}
