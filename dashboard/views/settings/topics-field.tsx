import type { SurveySettings } from "../../../shared/schema/survey.ts";
import { t } from "../../i18n/translate.ts";
import { LinesInput } from "../../ui/inputs.tsx";
import type { Draft } from "./draft.ts";

type Topic = SurveySettings["topics"][number];

/** A topic a line: its name, a colon, and how its words begin. */
export function TopicsField({ draft }: { draft: Draft }) {
  const { topics } = draft.settings.value;
  return (
    <LinesInput
      label={t("topics")}
      help={t("topics_help")}
      notes={draft.notes("/topics")}
      value={topics.map(({ name, stems }) => `${name}: ${stems.join(", ")}`)}
      onChange={(lines) => draft.change({ topics: lines.map(topicOf) })}
    />
  );
}

function topicOf(line: string): Topic {
  const [name = "", stems = ""] = line.split(/:(.*)/s);
  const list = stems.split(",").map((stem) => stem.trim());
  return { name: name.trim(), stems: list.filter(Boolean) };
}
