import { scoreBounds } from "../../../shared/questions.ts";
import { segmentName } from "../../i18n/segment-names.ts";
import { t } from "../../i18n/translate.ts";
import { Check, LinesInput, NumberInput, TextInput } from "../../ui/inputs.tsx";
import { ownSegments, timeZones } from "./choices.ts";
import type { Draft } from "./draft.ts";
import { TopicsField } from "./topics-field.tsx";

/** What is counted, by what it is broken down, and what one aims for. */
export function FiguresSection({ draft }: { draft: Draft }) {
  const { segments, targets, timezone, count_views } = draft.settings.value;
  return (
    <>
      <div class="row">
        <NumberInput
          label={t("target_nps")}
          notes={draft.notes("/targets/nps")}
          value={targets.nps}
          min={scoreBounds.nps[0]}
          max={scoreBounds.nps[1]}
          onChange={(nps) => draft.change({ targets: { ...targets, nps } })}
        />
        <NumberInput
          label={t("target_csat")}
          notes={draft.notes("/targets/csat")}
          value={targets.csat}
          min={scoreBounds.csat[0]}
          max={scoreBounds.csat[1]}
          onChange={(csat) => draft.change({ targets: { ...targets, csat } })}
        />
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
