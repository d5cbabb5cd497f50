/** Whose pages may send responses to a survey: its `origins` setting. */
import { cleanText } from "../../shared/text.ts";
import type { StoredSurvey } from "../db/surveys.ts";
import { Problem } from "../problem.ts";
import type { Sender } from "./sender.ts";

/** Throws `origin_not_allowed` unless the page that sent the request may send responses to the survey. */
export function checkOrigin(survey: StoredSurvey, origin: Sender["origin"]): void {
  if (!isAllowed(survey, origin)) throw notAllowed(origin);
}

/** Whether the page that sent the request may send responses to the survey; a sender without `origin` always may. */
export function isAllowed(survey: StoredSurvey, origin: Sender["origin"]): boolean {
  const { origins } = survey.settings;
  if (origin === undefined || origins.length === 0) return true;
  return origin !== null && origins.some((allowed) => matchesOrigin(origin, allowed));
}

/** `https://*.shop.example` stands for every host below shop.example, not for shop.example itself. */
function matchesOrigin(origin: string, allowed: string): boolean {
  const [scheme, rest] = allowed.split("://*.");
  if (rest === undefined) return origin === allowed;
  return origin.startsWith(`${scheme}://`) && origin.endsWith(`.${rest}`);
}

function notAllowed(origin: Sender["origin"]): Problem {
  const who = origin ? `\`${cleanText(origin.slice(0, 200))}\` is` : "The request came from no page, and those are";
  return new Problem("origin_not_allowed", { detail: `${who} not among the survey's \`origins\`.` });
}
