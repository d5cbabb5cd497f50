/**
 * Whether a person sent a page's form. Where scripts run, the page's own script says `js` and, after an event that the browser
 * itself trusts, `proof`; where they do not, `noscript` stands in. Whoever has neither is not shut out but shown a box to
 * tick. Two are let in by no box: a browser that knows of gestures and saw none (`js=2`), where only the page's scripts can have
 * ticked it, and one that a driver has told of gestures while nothing touched the page. An earlier page's `proof=1` was had
 * by a driver's word: it is none, and that page comes back with the box. A machine that composes the POST itself is beyond
 * proof and is flagged by what it cannot help showing.
 */
import type { Flag } from "../../shared/vocabulary.ts";

export type PersonProof = { person: true; flags: Flag[] } | { person: false };

/** A person who reads, chooses and presses takes longer. */
const TOO_FAST_MS = 1000;

/** `ageMs`: since the page was made. */
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
