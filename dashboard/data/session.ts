/** Who is signed in here, and what they may see. */

import { signal } from "@preact/signals";
import type { Session, SignInCode } from "../../shared/schema/session.ts";
import type { Scope } from "../../shared/vocabulary.ts";
import { scopes } from "../../shared/vocabulary.ts";
import { goHome } from "../address/address.ts";
import type { Refusal } from "./api.ts";
import { call, whenSignedOut } from "./api.ts";
import { sessionPath, signInCodesPath } from "./api-paths.ts";
import { discardPrefetched, load } from "./prefetch.ts";

/**
 * Why nobody is signed in: a session has ended, a one-time address was used up or late, a colleague's address has just been
 * opened, or the reader has not signed in yet or has signed out.
 */
export type SignedOut = "session_ended" | "code_refused" | { colleaguesCode: string } | "not_yet";

export type SignedIn =
  | { state: "unknown" }
  | { state: "out"; why: SignedOut }
  | { state: "in"; session: Session }
  | { state: "unreachable"; refusal: Refusal };

export const signedIn = signal<SignedIn>({ state: "unknown" });

/** Whether the key behind the session may do what needs `scope`. What it may not is not shown. */
export function may(scope: Scope): boolean {
  const now = signedIn.value;
  return now.state === "in" && scopes.indexOf(now.session.scope) >= scopes.indexOf(scope);
}

/** Whether the key behind the session is bound to no survey. */
export function reachesAll(): boolean {
  const now = signedIn.value;
  return now.state === "in" && now.session.survey === null;
}

/** Asks the collector who we are; a one-time code in the address is used up first. */
export async function findSession(): Promise<void> {
  whenSignedOut(() => {
    // Who was never signed in has no session that could end, whatever the view asked for meanwhile.
    if (signedIn.peek().state === "in") signedIn.value = { state: "out", why: "session_ended" };
  });
  const colleaguesCode = /^#colleague=(\w+)$/.exec(location.hash)?.[1];
  if (colleaguesCode) {
    // Programs that open every link of a mail run scripts too: only a person's press uses the code up.
    goHome();
    discardPrefetched();
    signedIn.value = { state: "out", why: { colleaguesCode } };
    return;
  }
  const code = /^#code=(\w+)$/.exec(location.hash)?.[1];
  const refused = code ? await signInByCode(code) : null;
  if (code && !refused) return;
  const reply = await load<Session>(sessionPath);
  if (!reply.ok) discardPrefetched();
  if (reply.ok) signedIn.value = { state: "in", session: reply.value };
  else if (reply.refusal.status === 401)
    signedIn.value = { state: "out", why: refused?.status === 401 ? "code_refused" : "not_yet" };
  else signedIn.value = { state: "unreachable", refusal: reply.refusal };
}

/** The code leaves the address at once: it is a secret, and good for one use. */
function signInByCode(code: string): Promise<Refusal | null> {
  goHome();
  return signIn({ code });
}

/** Why not, or null when it worked. */
export async function signIn(body: { key: string } | { code: string }): Promise<Refusal | null> {
  const reply = await call<Session>("POST", sessionPath, body);
  if (!reply.ok) return reply.refusal;
  signedIn.value = { state: "in", session: reply.value };
  return null;
}

/** Signs in with the code of a colleague's address; says so where it was used up or late. Why not otherwise, or null. */
export async function signInByColleague(code: string): Promise<Refusal | null> {
  const refusal = await signIn({ code });
  if (refusal?.status !== 401) return refusal;
  signedIn.value = { state: "out", why: "code_refused" };
  return null;
}

export async function signOut(): Promise<void> {
  await call("DELETE", sessionPath);
  signedIn.value = { state: "out", why: "not_yet" };
}

/** A one-time address that offers to sign one browser in with `key`, and until when it does; null when none was made. */
export async function makeSignInAddress(key: string): Promise<{ address: string; expires_at: string } | null> {
  const reply = await call<SignInCode>("POST", signInCodesPath, {}, { key });
  if (!reply.ok) return null;
  const { code, expires_at } = reply.value;
  return { address: `${location.origin}${location.pathname}#colleague=${code}`, expires_at };
}
