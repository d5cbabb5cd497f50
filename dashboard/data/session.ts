/** Who is signed in here, and what they may see. */

import { signal } from "@preact/signals";
import type { Session } from "../../shared/schema/session.ts";
import type { Scope } from "../../shared/vocabulary.ts";
import { scopes } from "../../shared/vocabulary.ts";
import { goHome } from "../address/address.ts";
import type { Refusal } from "./api.ts";
import { call, whenSignedOut } from "./api.ts";
import { sessionPath } from "./api-paths.ts";
import { discardPrefetched, load } from "./prefetch.ts";

export type SignedIn =
  | { state: "unknown" }
  | { state: "out"; ended: boolean }
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
    signedIn.value = { state: "out", ended: true };
  });
  const code = /^#code=(\w+)$/.exec(location.hash)?.[1];
  if (code) {
    goHome();
    const refusal = await signIn({ code });
    if (!refusal) return;
  }
  const reply = await load<Session>(sessionPath);
  if (!reply.ok) discardPrefetched();
  if (reply.ok) signedIn.value = { state: "in", session: reply.value };
  else if (reply.refusal.status === 401) signedIn.value = { state: "out", ended: code !== undefined };
  else signedIn.value = { state: "unreachable", refusal: reply.refusal };
}

/** Why not, or null when it worked. */
export async function signIn(body: { key: string } | { code: string }): Promise<Refusal | null> {
  const reply = await call<Session>("POST", sessionPath, body);
  if (!reply.ok) return reply.refusal;
  signedIn.value = { state: "in", session: reply.value };
  return null;
}

export async function signOut(): Promise<void> {
  await call("DELETE", sessionPath);
  signedIn.value = { state: "out", ended: false };
}
