/**
 * Whether a person sent a page's form. Where scripts run, the page's script sets the field `js` and, after an event that the
 * browser itself trusts, the field `proof`. Where scripts do not run, the form has the field `noscript`. A form with neither is
 * shown again with a box to tick. For two browsers the box proves nothing: one that can tell of gestures and has seen none
 * (`js=2`), since then only a script can have ticked the box, and one that a driver controls. Older pages set `proof=1`, which a
 * driver could cause, so it proves nothing and the page is shown again with the box. A program that makes the POST itself can
 * set any field; flags of the request may show it.
 */
import type { Flag } from "../../shared/vocabulary.ts";

export type PersonProof = { person: true; flags: Flag[] } | { person: false };

/** A person who reads, chooses and sends needs more time than this. */
const TOO_FAST_MS = 1000;

/** `ageMs`: how long ago the page was made. */
export function proofOfPerson(fields: URLSearchParams, ageMs: number): PersonProof {
  const js = fields.get("js");
  const driven = fields.get("driven") === "1";
  const proven = js !== null && fields.get("proof") === "2";
  const scriptless = js === null && fields.get("noscript") === "1";
  const ticked = js !== "2" && !driven && fields.get("tick") === "1";
  if (!proven && !scriptless && !ticked) return { person: false };
  const flags: Flag[] = [];
  if (!proven) flags.push("no_proof");
  if (ageMs < TOO_FAST_MS) flags.push("too_fast");
  if (driven) flags.push("automated");
  return { person: true, flags };
}
