import type { Context } from "hono";
import { Hono } from "hono";
import { limits } from "../../shared/limits.ts";
import type { Session, SignInCode } from "../../shared/schema/session.ts";
import { signInCodeQuerySchema, signInSchema } from "../../shared/schema/session.ts";
import { DAY_MS } from "../../shared/time/calendar.ts";
import { hashText } from "../crypto/hash.ts";
import { randomText } from "../crypto/random-text.ts";
import { deleteSession, deleteSessionsOf, findSession, insertCode, insertSession, takeCode } from "../db/sessions.ts";
import type { App, Principal } from "../env.ts";
import { recorded } from "../http/audit.ts";
import { holderOf, holderOfKey, needs } from "../http/auth.ts";
import { readBody } from "../http/body.ts";
import { readQuery } from "../http/query.ts";
import { clearSessionCookie, mustBeOurPage, sessionHash, setSessionCookie } from "../http/session.ts";
import { Problem } from "../problem.ts";

const SESSION_MS = 14 * DAY_MS;
const CODE_MS = limits.signInCodeMinutes * 60_000;

/** /v1/session: a browser signs in with a key or a one-time code, asks who is signed in, and signs out. */
export const session = new Hono<App>()
  .post("/", async (c) => {
    mustBeOurPage(c);
    const { now } = c.var;
    const holder = await holderOfSignIn(c);
    if (!holder) throw new Problem("unauthorized", { detail: "This key or code is unknown, used up or expired." });
    c.set("principal", holder);
    const secret = randomText(43);
    const expires = Math.min(now + SESSION_MS, holder.expires_at ?? Infinity);
    const key = { key_id: holder.id, key_hash: holder.hash };
    await insertSession(recorded(c), await hashText(secret), key, { now, expires });
    setSessionCookie(c, secret, Math.floor((expires - now) / 1000));
    return c.json(shown({ ...holder, expires_at: expires }), 201);
  })
  .get("/", needs("metrics"), async (c) => {
    const hash = c.req.header("Authorization") === undefined ? await sessionHash(c) : null;
    const stored = hash && (await findSession(c.var.store, hash));
    return c.json(shown({ ...c.var.principal, ...(stored && { expires_at: stored.expires_at }) }));
  })
  .delete("/", async (c) => {
    mustBeOurPage(c);
    const hash = await sessionHash(c);
    if (hash) await deleteSession(c.var.store, hash);
    clearSessionCookie(c);
    return c.body(null, 204);
  })
  .delete("/all", needs("metrics"), async (c) => {
    await deleteSessionsOf(recorded(c), c.var.principal.id);
    clearSessionCookie(c);
    return c.body(null, 204);
  })
  .post("/codes", needs("metrics"), async (c) => {
    const { principal, now } = c.var;
    const { expires_in_days: days } = readQuery(c, signInCodeQuerySchema);
    const code = randomText(32);
    const expires = Math.min(now + (days === undefined ? CODE_MS : days * DAY_MS), principal.expires_at ?? Infinity);
    await insertCode(recorded(c), await hashText(code), { key_id: principal.id, key_hash: principal.hash }, expires);
    return c.json({ code, expires_at: new Date(expires).toISOString() } satisfies SignInCode, 201);
  });

async function holderOfSignIn(c: Context<App>): Promise<Principal | null> {
  const given = await readBody(c.req.raw, signInSchema);
  if ("key" in given) return holderOfKey(c, given.key);
  const taken = await takeCode(c.var.store, await hashText(given.code), c.var.now);
  return taken && holderOf(c, taken.key_id, taken.key_hash);
}

function shown({ id, scope, survey, expires_at }: Principal): Session {
  return { key: id, scope, survey, expires_at: expires_at === null ? null : new Date(expires_at).toISOString() };
}
