import { scoreBounds } from "../../../shared/questions.ts";
import { t } from "../../i18n/translate.ts";
import { Check, LinesInput, NumberInput, TextInput } from "../../ui/inputs.tsx";
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
          fault={draft.fault("/targets/nps")}
          value={targets.nps}
          min={scoreBounds.nps[0]}
          max={scoreBounds.nps[1]}
          onChange={(nps) => draft.change({ targets: { ...targets, nps } })}
        />
        <NumberInput
          label={t("target_csat")}
          fault={draft.fault("/targets/csat")}
          value={targets.csat}
          min={scoreBounds.csat[0]}
          max={scoreBounds.csat[1]}
          onChange={(csat) => draft.change({ targets: { ...targets, csat } })}
        />
      </div>
      <LinesInput
        label={t("segments")}
        help={t("segments_help")}
        fault={draft.fault("/segments")}
        value={segments}
        onChange={(segments) => draft.change({ segments })}
      />
      <TopicsField draft={draft} />
      <TextInput
        label={t("timezone")}
        help={t("timezone_help")}
        fault={draft.fault("/timezone")}
        value={timezone}
        onChange={(timezone) => draft.change({ timezone })}
      />
      <Check
        label={t("count_views")}
        help={t("count_views_help")}
        value={count_views}
        onChange={(count_views) => draft.change({ count_views })}
      />
    </>
  );
}
