/**
 * Who asks, and about which survey. Delighted's address names no survey, because its key did: here a key may be bound to a
 * survey, the collector may have one survey only, or the base of the address names it: `/delighted/srv_…/v1`.
 */
import type { Context, MiddlewareHandler } from "hono";
import type { Scope } from "../../shared/vocabulary.ts";
import type { StoredSurvey } from "../db/surveys.ts";
import { listSurveys } from "../db/surveys.ts";
import type { App } from "../env.ts";
import { holderOfKey, identify, mustBeAllowed } from "../http/auth.ts";
import { Problem } from "../problem.ts";
import { surveyIdOfPath, surveyOf } from "../surveys/find-survey.ts";

/** Takes the place of a survey's id in an address that names none. */
export const UNNAMED = "-";

const API = /^\/delighted(\/[^/]+)?\/v1(?=\/|$)/;

/** The path as the routes know it: with a survey or `-`, and without `.json` at its end. Other paths stay as they are. */
export function delightedPath(path: string): string {
  if (!path.startsWith("/delighted/")) return path;
  return path.replace(API, (_, survey = `/${UNNAMED}`) => `/delighted${survey}/v1`).replace(/\.json$/, "");
}

/** As `needs` of http/auth.ts, for a key that comes as the user name of HTTP Basic, with or without the colon. */
export function opensTo(scope: Scope): MiddlewareHandler<App> {
  return async (c, next) => {
    const key = keyIn(c.req.header("Authorization"));
    const survey = namedSurvey(c);
    await mustBeAllowed(c, key === null ? await identify(c) : await holderOfKey(c, key), scope, survey);
    await next();
  };
}

/** The user name of HTTP Basic; null for another scheme. */
function keyIn(header: string | undefined): string | null {
  const coded = /^Basic\s+(\S*)$/i.exec(header ?? "")?.[1];
  if (coded === undefined) return null;
  try {
    return atob(coded).split(":")[0]!.trim();
  } catch {
    return "";
  }
}

function namedSurvey(c: Context<App>): string | null {
  const id = surveyIdOfPath(c);
  return id === UNNAMED ? null : id;
}

/** The survey that the address, the key, or being the only one decides. Throws `unknown_survey` and `invalid`. */
export async function projectOf(c: Context<App>): Promise<StoredSurvey> {
  const { store, principal } = c.var;
  const id = namedSurvey(c) ?? principal.survey;
  if (id !== null) return surveyOf(store, id);
  const [only, another] = await listSurveys(store, "", null, 2);
  if (!only) throw new Problem("unknown_survey", { detail: "There is no survey yet." });
  if (another)
    throw new Problem("invalid", {
      detail:
        "The key reaches several surveys. Use a key that is bound to one, or name the survey in the base of the address: /delighted/srv_…/v1",
    });
  return only;
}
