import type { Context } from "hono";
import type { StoredInvitation } from "../db/invitations.ts";
import type { StoredSurvey } from "../db/surveys.ts";
import type { App } from "../env.ts";
import type { Wording } from "../pages/wording.ts";
import { acceptedLanguages, wordingFor } from "../pages/wording.ts";

/**
 * The wording of a page of the survey, in the language that the address or the form names (`lang`), else in that of the
 * invitation, else in that of the browser. `survey`: null if it was deleted.
 */
export function requestWording(
  c: Context<App>,
  fields: URLSearchParams,
  { survey, invitation }: { survey: StoredSurvey | null; invitation?: Pick<StoredInvitation, "language"> },
): Wording {
  const browsers = acceptedLanguages(c.req.header("Accept-Language"));
  return wordingFor([fields.get("lang") ?? "", invitation?.language ?? "", ...browsers], survey?.settings);
}
