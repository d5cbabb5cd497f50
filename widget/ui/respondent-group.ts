/** In which group a respondent stands, for the words they are met with. */
import type { RespondentGroup, ScoreName } from "../../shared/questions.ts";
import { respondentGroup } from "../../shared/questions.ts";
import type { WidgetThresholds } from "../../shared/widget-questions.ts";
import { widgetQuestions } from "../../shared/widget-questions.ts";
import type { Page } from "../page.ts";

/** By the first question, in the order of the table, that was answered. */
export function groupOf({ body, config }: Page): RespondentGroup | undefined {
  const thresholds: WidgetThresholds = { ...widgetQuestions.thresholds, ...config.thresholds };
  for (const name in thresholds)
    if (body?.[name as ScoreName] != null)
      return respondentGroup(body[name as ScoreName]!, thresholds[name as ScoreName]!);
}
