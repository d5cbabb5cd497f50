/** Every kind of key, and what each rule says about it. */
import type { Scope } from "../../../shared/vocabulary.ts";
import { scopes } from "../../../shared/vocabulary.ts";
import type { Rule } from "./rules.ts";

/** `own`: bound to the survey that is asked about; `other`: bound to another one. */
export type Holder = { name: string; scope: Scope | null; bound: "all" | "own" | "other"; spoilt?: Spoilt };
export type Spoilt = "unknown" | "expired" | "revoked";

const all = scopes.map((scope): Holder => ({ name: scope, scope, bound: "all" }));
const own = scopes.map((scope): Holder => ({ name: `${scope}, own survey`, scope, bound: "own" }));
const other = scopes.map((scope): Holder => ({ name: `${scope}, other survey`, scope, bound: "other" }));
const spoilt = (["unknown", "expired", "revoked"] as const).map(
  (why): Holder => ({ name: `${why} key`, scope: "admin", bound: "all", spoilt: why }),
);

export const holders: readonly Holder[] = [
  { name: "no key", scope: null, bound: "all" },
  ...spoilt,
  ...all,
  ...own,
  ...other,
];

/** `blind`: the request succeeds and shows nothing of the survey. A number: the status of the refusal. */
export type Verdict = "open" | "blind" | 401 | 403;

/** `namesSurvey`: the address or the body says which survey is meant. */
export function verdictOf(rule: Rule, holder: Holder, namesSurvey: boolean): Verdict {
  if (rule.opens === "anyone") return rule.keyOptional && holder.spoilt ? 401 : "open";
  if (holder.scope === null || holder.spoilt) return 401;
  if (scopes.indexOf(holder.scope) < scopes.indexOf(rule.opens)) return 403;
  if (holder.bound === "all") return "open";
  if (namesSurvey) return holder.bound === "own" ? "open" : 403;
  if (rule.bound !== "its own") return 403;
  return holder.bound === "own" ? "open" : "blind";
}
