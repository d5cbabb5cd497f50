/** Which of the survey's scores the trend, the breakdown and the reasons are about. */
import type { ScoreName } from "../../../shared/questions.ts";
import { scoreNames } from "../../../shared/questions.ts";
import type { Survey } from "../../../shared/schema/survey.ts";
import { address } from "../../address/address.ts";

/** The scores that the survey asks for, in the order of the cards. */
export function askedScores({ questions }: Survey): ScoreName[] {
  return scoreNames.filter((name) => questions.includes(name));
}

/** The score that the address names, else the first that is asked for; null where none is. */
export function chosenScore(survey: Survey): ScoreName | null {
  const asked = askedScores(survey);
  return asked.find((name) => name === address.value.query.get("trend")) ?? asked[0] ?? null;
}
