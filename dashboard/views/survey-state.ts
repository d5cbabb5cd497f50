/** Why nobody is asked by a survey at this moment. */
import type { Survey, SurveySettings } from "../../shared/schema/survey.ts";
import { t } from "../i18n/translate.ts";
import { canMatch } from "./settings/url-patterns.ts";

export type SurveyState = "asking" | "paused" | "not_started" | "ended" | "nobody";

/** Settings, and of a saved survey whether it has enough answers. */
type ShownSettings = SurveySettings & Pick<Survey, "stopped">;

/** `now`: ms since 1970. `nobody`: no visitor can be asked by these settings, whoever comes. */
export function stateOf(
  { paused, starts_at, ends_at, sample, targeting, stopped }: ShownSettings,
  now: number,
): SurveyState {
  if (stopped) return "ended";
  if (ends_at !== null && Date.parse(ends_at) <= now) return "ended";
  if (paused) return "paused";
  if (starts_at !== null && Date.parse(starts_at) > now) return "not_started";
  const { include } = targeting;
  return sample === 0 || (include.length > 0 && !include.some(canMatch)) ? "nobody" : "asking";
}

/** The state in a word or two; null while the survey asks. */
export function stateName(settings: ShownSettings, now = Date.now()): string | null {
  const state = stateOf(settings, now);
  return state === "asking" ? null : t(`state_${state}`);
}
