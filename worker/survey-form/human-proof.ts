/**
 * Whether a person sent a page's form. Where scripts run, the page's own script says `js` and, after a gesture that the
 * browser vouches for, `proof`; where they do not, `noscript` stands in. Whoever has neither is not shut out but shown a box
 * to tick, except a browser that knows of gestures (`js=2`) and saw none: there only a script can have ticked it.
 * A machine that composes the POST itself is beyond proof and is flagged by what it cannot help showing.
 */
export type Verdict = { person: true; flags: string[] } | { person: false };

/** A person who reads, chooses and presses takes longer. */
const TOO_FAST_MS = 1000;

/** `ageMs`: since the page was made. */
export function judgeSender(fields: URLSearchParams, ageMs: number): Verdict {
  const js = fields.get("js");
  const proven = js !== null && fields.get("proof") === "1";
  const scriptless = js === null && fields.get("noscript") === "1";
  const ticked = js !== "2" && fields.get("tick") === "1";
  if (!proven && !scriptless && !ticked) return { person: false };
  return { person: true, flags: [...(proven ? [] : ["no_proof"]), ...(ageMs < TOO_FAST_MS ? ["too_fast"] : [])] };
}
