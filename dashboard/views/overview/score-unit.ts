/** In what scores are counted, for the headings of tables and files. */
import type { ScoreName } from "../../../shared/questions.ts";
import { scoredQuestions } from "../../../shared/questions.ts";
import { scoreName } from "../../i18n/score-names.ts";
import { t } from "../../i18n/translate.ts";

/** A share is a percentage; a balance of shares, as the NPS, is in points. */
export function scoreUnit(question: ScoreName): string {
  return t(scoredQuestions[question].scoring === "share" ? "unit_percent" : "unit_points");
}

/** A heading that says in what the figures beneath it are. */
export function inUnit(name: string, unit: string): string {
  return t("in_unit", { name, unit });
}

/** Headings of a question's score and of the interval around it. */
export function scoreHeadings(question: ScoreName): string[] {
  const unit = scoreUnit(question);
  return [scoreName(question), t("interval_low"), t("interval_high")].map((name) => inUnit(name, unit));
}
