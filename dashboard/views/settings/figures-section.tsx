import { scoreBounds, scoresIn } from "../../../shared/questions.ts";
import { segmentName } from "../../i18n/segment-names.ts";
import { t } from "../../i18n/translate.ts";
import { Check, LinesInput, NumberInput, TextInput } from "../../ui/inputs.tsx";
import { ownSegments, timeZones } from "./choices.ts";
import type { Draft } from "./draft.ts";
import { TopicsField } from "./topics-field.tsx";

/** What is counted, by what it is broken down, and what one aims for. */
export function FiguresSection({ draft }: { draft: Draft }) {
  const { questions, segments, targets, timezone, count_views } = draft.settings.value;
  return (
    <>
      <div class="row">
        {scoresIn(questions).map((name) => (
          <NumberInput
            key={name}
            label={t(`target_${name}`)}
            notes={draft.notes(`/targets/${name}`)}
            value={targets[name] ?? null}
            min={scoreBounds[name][0]}
            max={scoreBounds[name][1]}
            onChange={(target) => draft.change({ targets: { ...targets, [name]: target } })}
          />
        ))}
      </div>
      <LinesInput
        label={t("segments")}
        help={t("segments_help")}
        notes={draft.notes("/segments")}
        value={segments}
        choices={ownSegments.map((each) => [each, segmentName(each)])}
        onChange={(segments) => draft.change({ segments })}
      />
      <TopicsField draft={draft} />
      <TextInput
        label={t("timezone")}
        help={t("timezone_help")}
        notes={draft.notes("/timezone")}
        value={timezone}
        choices={timeZones()}
        onChange={(timezone) => draft.change({ timezone })}
      />
      <Check
        label={t("count_views")}
        notes={draft.notes("/count_views")}
        help={t("count_views_help")}
        value={count_views}
        onChange={(count_views) => draft.change({ count_views })}
      />
    </>
  );
}
