import { dayInZone } from "../../../shared/calendar.ts";
import { scoredQuestions } from "../../../shared/questions.ts";
import type { Survey } from "../../../shared/schema/survey.ts";
import { statuses } from "../../../shared/vocabulary.ts";
import { address, changeQuery } from "../../address/address.ts";
import { periods, spanOf } from "../../address/period.ts";
import { languageName } from "../../i18n/format.ts";
import { t } from "../../i18n/translate.ts";
import { SaveAnswers } from "../../ui/save-answers.tsx";
import { Select } from "../../ui/select.tsx";
import { Search } from "./search.tsx";

const names = ["nps_group", "status", "language", "topic", "tag", "q", "respondent"] as const;

/** The query of `comments` for an address. An address without a period means the comments of all time. */
export function commentsQuery(query: URLSearchParams, timezone: string): URLSearchParams {
  const wanted = new URLSearchParams();
  if (query.has("period") || query.has("from")) {
    const { from, to } = spanOf(query, dayInZone(Date.now(), timezone));
    wanted.set("from", from);
    wanted.set("to", to);
  }
  for (const name of names) {
    const value = query.get(name);
    if (value) wanted.set(name, value);
  }
  return wanted;
}

export function Filters({ survey }: { survey: Survey }) {
  const { query } = address.value;
  const select = (name: (typeof names)[number], label: string, options: [string, string][]) => (
    <Select
      label={label}
      value={query.get(name) ?? ""}
      options={[["", t("all")], ...options]}
      onChange={(value) => changeQuery({ [name]: value || null })}
    />
  );
  return (
    <search class="toolbar">
      <Search />
      <Select
        label={t("period")}
        value={query.has("from") ? "custom" : (query.get("period") ?? "")}
        options={[
          ["", t("always")],
          ...periods
            .filter((each) => each !== "custom" || query.has("from"))
            .map((each) => [each, t(`period_${each}`)] as const),
        ]}
        onChange={(period) => changeQuery({ period: period || null, from: null, to: null })}
      />
      {survey.questions.includes("nps") &&
        select(
          "nps_group",
          t("group"),
          scoredQuestions.nps.bands.map(({ group, share }): [string, string] => [group, t(share)]).toReversed(),
        )}
      {select(
        "status",
        t("status"),
        statuses.map((each) => [each, t(`status_${each}`)]),
      )}
      {survey.languages.length > 1 &&
        select(
          "language",
          t("answered_in"),
          survey.languages.map((each) => [each, languageName(each)]),
        )}
      {survey.topics.length > 0 &&
        select(
          "topic",
          t("topic"),
          survey.topics.map(({ name }) => [name, name]),
        )}
      {(["tag", "respondent"] as const).map((name) => {
        const value = query.get(name);
        return (
          value && (
            <button key={name} type="button" class="chosen" onClick={() => changeQuery({ [name]: null })}>
              {t(name)}: {value} <span aria-hidden="true">×</span>
              <span class="hidden">{t("take_off")}</span>
            </button>
          )
        );
      })}
      <SaveAnswers survey={survey.id} query={commentsQuery(query, survey.timezone)} />
    </search>
  );
}
