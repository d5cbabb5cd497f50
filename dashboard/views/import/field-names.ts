/** What the fields that a column can fill are called on the page. */
import type { ImportField } from "../../../shared/imports/fields.ts";
import { plainFields, propertyOf } from "../../../shared/imports/fields.ts";
import type { SourceName } from "../../../shared/imports/table-map.ts";
import type { ScoreName } from "../../../shared/questions.ts";
import { scoredQuestions, scoreNames } from "../../../shared/questions.ts";
import { scoreName } from "../../i18n/score-names.ts";
import type { StringKey } from "../../i18n/translate.ts";
import { t } from "../../i18n/translate.ts";

type PlainField = Exclude<(typeof plainFields)[number], ScoreName>;

const names = {
  id: "import_id",
  created_at: "import_created_at",
  created_at_else: "import_created_at_else",
  score: "import_score",
  survey_type: "import_survey_type",
  comment: "import_comment",
  respondent: "import_respondent",
  respondent_else: "import_respondent_else",
  tags: "import_tags",
  note: "import_note",
  locale: "import_locale",
  channel: "import_channel",
  asked_at: "import_asked_at",
  unsubscribed: "import_unsubscribed",
  unsubscribed_at: "import_unsubscribed_at",
  bounced_at: "import_bounced_at",
  excluded: "import_excluded",
  properties: "import_properties",
} as const satisfies Record<PlainField, StringKey>;

export function fieldName(field: ImportField): string {
  const score = scoreNames.find((name) => name === field);
  if (score) return t("import_of_scale", { name: scoreName(score), low: scaleOf(score)[0], high: scaleOf(score)[1] });
  const property = propertyOf(field);
  return property === null ? t(names[field as PlainField]) : t("import_property_named", { name: property });
}

function scaleOf(name: ScoreName): readonly [number, number] {
  return scoredQuestions[name].scale;
}

/** The names of products are the same in every language. */
const products: Readonly<Record<Exclude<SourceName, "spreadsheet">, string>> = {
  vidhuk: "Vidhuk",
  delighted: "Delighted",
  wootric: "Wootric",
  satismeter: "SatisMeter",
  retently: "Retently",
  asknicely: "AskNicely",
  formbricks: "Formbricks",
  posthog: "PostHog",
  surveymonkey: "SurveyMonkey",
  typeform: "Typeform",
  google_forms: "Google Forms",
  bitrix24: "Bitrix24",
};

export function sourceTitle(source: SourceName): string {
  return source === "spreadsheet" ? t("import_spreadsheet") : products[source];
}

/** The fields in the order in which they are offered. */
export const offeredFields: readonly ImportField[] = plainFields;
