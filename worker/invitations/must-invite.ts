import type { InvitationsBody } from "../../shared/schema/invitation.ts";
import type { Store } from "../db/store.ts";
import type { StoredSurvey } from "../db/surveys.ts";
import { mustBeWhole } from "../db/surveys.ts";
import { invalid, Problem } from "../problem.ts";
import { hasEnough } from "../surveys/enough-answers.ts";
import { isOver } from "../surveys/schedule.ts";

/**
 * Throws where the survey invites nobody at present. An invitation must not last longer than the responses that retention
 * deletes, or the same person could be counted again.
 */
export async function mustInvite(
  store: Store,
  survey: StoredSurvey,
  { expires_in_days: days }: Pick<InvitationsBody, "expires_in_days">,
  now: number,
): Promise<void> {
  mustBeWhole(survey);
  const { settings } = survey;
  if (settings.anonymous)
    throw new Problem("unsupported_combination", {
      detail: "An invitation names a person, and the survey is `anonymous`: share its open link instead.",
    });
  if (settings.paused || isOver(settings, now))
    throw new Problem("closed", { detail: "The survey is paused or over: nobody is invited." });
  if (settings.retention_days !== null && days > settings.retention_days)
    throw invalid("/expires_in_days", "must not be more than the survey's `retention_days`");
  if (await hasEnough(store, survey))
    throw new Problem("closed", { detail: "The survey has as many answers as `stop_after` says: nobody is invited." });
}
