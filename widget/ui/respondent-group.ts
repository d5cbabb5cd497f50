/** In which group a respondent stands, for the words they are met with. */
import type { RespondentGroup } from "../../shared/questions.ts";
import { respondentGroup, respondentThresholds } from "../../shared/questions.ts";
import type { ResponseBody } from "../../shared/schema/response.ts";

/** By the recommendation where it was given, else by the satisfaction. */
export function groupOf({ nps, csat }: Partial<ResponseBody> = {}): RespondentGroup | undefined {
  if (nps != null) return respondentGroup(nps, respondentThresholds.nps);
  return csat == null ? undefined : respondentGroup(csat, respondentThresholds.csat);
}
