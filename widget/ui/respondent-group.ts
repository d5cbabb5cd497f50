/** In which group a respondent stands, for the words they are met with. */
import type { ResponseBody } from "../../shared/schema/response.ts";
import type { NpsGroup } from "../../shared/score.ts";
import { csatGroup, npsGroup } from "../../shared/score.ts";

const bySatisfaction = { satisfied: "promoter", neutral: "passive", dissatisfied: "detractor" } as const;

/** By the recommendation where it was given, else by the satisfaction. */
export function groupOf({ nps, csat }: Partial<ResponseBody> = {}): NpsGroup | undefined {
  if (nps != null) return npsGroup(nps);
  return csat == null ? undefined : bySatisfaction[csatGroup(csat)];
}
