/** What is said of a field that two people have changed. */
import type { ProblemConflict } from "../../../shared/problem.ts";
import type { SurveySettings } from "../../../shared/schema/survey.ts";
import { formatInstant } from "../../i18n/format.ts";
import { t } from "../../i18n/translate.ts";
import type { ConflictNote } from "../../ui/notes.tsx";
import { valueText } from "./field-text.ts";

type Sides = {
  /** Names of keys by their ids. */
  keyNames: Record<string, string>;
  mine: readonly [settings: SurveySettings, value: unknown];
  theirs: readonly [settings: SurveySettings, value: unknown];
  choose: ConflictNote["choose"];
};

export function conflictNote(conflict: ProblemConflict, { keyNames, mine, theirs, choose }: Sides): ConflictNote {
  const { pointer, key, at } = conflict;
  const who = key === "root" ? t("log_root") : (key !== null && keyNames[key]) || key;
  const text = who && at ? t("conflict_who", { who, when: formatInstant(at) }) : t("conflict_unknown");
  return { text, mine: valueText(pointer, ...mine), theirs: valueText(pointer, ...theirs), choose };
}
