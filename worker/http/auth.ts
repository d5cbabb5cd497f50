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

/** Takes the place of a key's id for the holder of `ADMIN_TOKEN`. */
export const ROOT = "root";

/**
 * Refuses with 401 a request without a valid key or session, with 403 one whose key has a lower scope or is bound to another
 * survey, and with `not_ready` an act while the database lacks migrations of this version.
 */
export function needs(scope: Scope): MiddlewareHandler<App> {
  return async (c, next) => {
    await mustBeAllowed(c, await identify(c), scope, c.req.param("survey") ?? null);
    await next();
  };
}

/** The checks of `needs` for a holder who is already known; the request then has its `principal`. */
export async function mustBeAllowed(
  c: Context<App>,
  principal: Principal | null,
  scope: Scope,
  survey: string | null,
): Promise<void> {
  if (!principal) throw new Problem("unauthorized");
  if (!reaches(principal, scope, survey)) throw new Problem("forbidden");
  if (!safeMethods.has(c.req.method)) await mustBeMigrated(c.var.store, c.env.DB ?? c);
  c.set("principal", principal);
}

/** Whether the holder may act with `scope` on `survey`; null for an act that is on no particular survey. */
export function reaches(principal: Principal, scope: Scope, survey: string | null): boolean {
  const enough = scopes.indexOf(principal.scope) >= scopes.indexOf(scope);
  return enough && (survey === null || principal.survey === null || principal.survey === survey);
}

/** The holder of the request's key or, if it has none, of its session; null if there is neither or it is not valid. */
export async function identify(c: Context<App>): Promise<Principal | null> {
  const header = c.req.header("Authorization");
  if (header === undefined) return holderOfSession(c);
  const key = /^Bearer (\S+)$/i.exec(header)?.[1];
  return key ? holderOfKey(c, key) : null;
}

/** The holder of `key`; null for a key that is unknown, wrong or expired. */
export async function holderOfKey(c: Context<App>, key: string): Promise<Principal | null> {
  if (c.env.ADMIN_TOKEN && (await sameSecret(key, c.env.ADMIN_TOKEN)))
    return holderOf(c, ROOT, await hashText(c.env.ADMIN_TOKEN));
  const id = idOfKey(key);
  return id === null ? null : holderOf(c, id, await hashText(key));
}

/** The holder of the key with this id, if the key still has this hash and has not expired; else null. */
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
  // This check comes last, so that a browser with an expired session is told to sign in and not that its page is foreign.
  if (holder) mustBeOurPage(c);
  return holder;
}
