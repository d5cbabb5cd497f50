import type { ResponseItem } from "../../../shared/schema/comment.ts";
import { languageName } from "../../i18n/format.ts";
import { valueName } from "../../i18n/segment-names.ts";
import { t } from "../../i18n/translate.ts";

/** Who wrote a comment and on which page, as far as the collector knows it. */
export function RespondentFacts({ comment }: { comment: ResponseItem }) {
  const { respondent, properties, locale, page, channel } = comment;
  const facts: [name: string, value: string | true][] = [];
  if (respondent) facts.push([t("respondent"), respondent.id + (respondent.verified ? "" : ` (${t("unverified")})`)]);
  if (page) facts.push([t("page"), page.replace(/^https?:\/\//, "")]);
  if (channel !== "page") facts.push([t("channel"), valueName("channel", channel)]);
  if (locale) facts.push([t("answered_in"), languageName(locale)]);
  for (const [name, value] of Object.entries(properties))
    if (value !== null && value !== "") facts.push([name, value === true || String(value)]);
  return (
    <dl class="respondent-facts">
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          {/* Of what is simply so, the name alone says it to the eye. */}
          {value === true ? <dd class="hidden">{t("value_on")}</dd> : <dd dir="auto">{value}</dd>}
        </div>
      ))}
    </dl>
  );
}
