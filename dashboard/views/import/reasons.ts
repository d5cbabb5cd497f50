/**
 * Why a row or a file is refused, in the reader's words. The reader of files and the collector say it in English sentences, which
 * this table knows; a sentence that it does not know is shown as it was written.
 */
import { isImportField } from "../../../shared/imports/fields.ts";
import type { StringKey } from "../../i18n/translate.ts";
import { t } from "../../i18n/translate.ts";
import { fieldName } from "./field-names.ts";

/** Groups become the values of the string: `field` is named in the reader's words, `n` and the like are numbers, `value` a text in quotation marks. */
const sentences: readonly (readonly [sentence: RegExp, key: StringKey])[] = [
  [/^is empty$/, "import_no_row_empty"],
  [/^has neither a score nor a comment$/, "import_no_answer"],
  [/^answers a question of the type (?<value>".*")$/, "import_no_other_question"],
  [/^brings nothing for another reason$/, "import_no_other_reason"],
  [/^is about an address that no mail reached, which changes nothing here$/, "import_no_bounce"],
  [/^is not counted by the product itself$/, "import_no_excluded"],
  [/^is a message of the connector$/, "import_no_message"],
  [/^is no record$/, "import_no_record"],
  [/^has (?<n>\d+) cells where the first row has (?<of>\d+)$/, "import_bad_cells"],
  [/^has no date$/, "import_bad_undated"],
  [/^(?<field>\w+) is (?<value>".*"), which is no score$/, "import_bad_score"],
  [/^(?<field>\w+) is (?<value>".*"), and the scale ends at (?<n>\d+)$/, "import_bad_scale"],
  [/^(?<field>\w+) must be a whole number from (?<low>\d+) to (?<high>\d+)$/, "import_bad_number"],
  [/^(?<field>\w+) is (?<value>".*"), which is no date$/, "import_bad_date"],
  [/^(?<field>\w+) is (?<value>".*"): say whether the day or the month comes first$/, "import_bad_order"],
  [/^(?<field>\w+) must be an instant, a local date-time or a day\b.*$/, "import_bad_moment"],
  [/^(?<field>\w+) lies in the future$/, "import_bad_future"],
  [/^(?<field>\w+) lies before 1970$/, "import_bad_past"],
  [/^created_at lies before (?<day>\d{4}-\d\d-\d\d)\S*: responses of that time were deleted.*$/, "import_bad_purged"],
  [/^(?<field>\w+) must be at most (?<n>\d+) characters$/, "import_bad_long"],
  [/^properties are (?<value>".*"), which is no object of JSON$/, "import_bad_properties"],
  [/^has the id of line (?<n>\d+), and says something else$/, "import_bad_same_id"],
  [/^has the id of a stored response \((?<value>[\w-]+)\) that says something else$/, "import_bad_stored_id"],
  [/^names a person who was asked, and the survey is `anonymous`.*$/, "import_bad_anonymous"],
  [/^Two columns fill (?<field>.+)\. Leave one of them out\.$/, "import_plan_twice"],
  [/^No column is a score, a comment, or the date .*$/, "import_plan_nothing"],
  [/^No column says when an answer was given .*$/, "import_plan_undated"],
  [/^A column fills score, and none fills survey_type: .*$/, "import_plan_score"],
  [/^The dates can be read in two ways: .*$/, "import_plan_order"],
  [/^A property has no name\.$/, "import_plan_property"],
  [/^The file is a workbook of Excel.*$/, "import_file_workbook"],
  [/^The file is compressed with gzip\. .*$/, "import_file_gzip"],
  [/^Line (?<n>\d+) is in another encoding .*$/, "import_file_encoding"],
  [/^Line (?<n>\d+) holds a byte of zero: .*$/, "import_file_binary"],
  [/^The file is no text: .*$/, "import_file_no_text"],
  [/^Line (?<n>\d+) has a quotation mark .*$/, "import_file_quote"],
  [/^Line (?<n>\d+) has (?<of>\d+) columns; .*$/, "import_file_columns"],
  [/^The (?:row|object) that begins on line (?<n>\d+) is longer than .*$/, "import_file_long"],
  [/^The file ends within the object that begins on line (?<n>\d+)\.$/, "import_file_cut"],
  [/^The file ends before its array does: .*$/, "import_file_cut_array"],
  [/^The file has no records\.$/, "import_file_empty"],
  [/^Line (?<n>\d+) is no record of JSON: .*$/, "import_file_json"],
  [/^is not JSON$/, "import_bad_json"],
  [/^is no object$/, "import_bad_object"],
];

export function reasonText(detail: string): string {
  const whole = translated(detail);
  if (whole !== null) return whole;
  // The collector names several faults of one line one behind another.
  const parts = detail.split("; ").map(translated);
  return parts.some((part) => part === null) ? detail : parts.join(" ");
}

function translated(detail: string): string | null {
  for (const [sentence, key] of sentences) {
    const match = sentence.exec(detail);
    if (match) return t(key, valuesOf(match.groups ?? {}));
  }
  return null;
}

function valuesOf(groups: Record<string, string>): Record<string, string | number> {
  return Object.fromEntries(
    Object.entries(groups).map(([name, text]) => {
      if (name === "field") return [name, isImportField(text) ? fieldName(text) : text];
      if (name === "value" || name === "day") return [name, text.replace(/^"(.*)"$/, "$1")];
      return [name, Number(text)];
    }),
  );
}
