import { scoredQuestions, scoreNames } from "../../../shared/questions.ts";
import type { Survey } from "../../../shared/schema/survey.ts";
import { readWhere } from "../../../shared/segments.ts";
import { dayInZone } from "../../../shared/time/calendar.ts";
import { alwaysKeptSegments, statuses } from "../../../shared/vocabulary.ts";
import { address, changeQuery } from "../../address/address.ts";
import { periods, spanOf } from "../../address/period.ts";
import { useAssignees } from "../../data/assignees.ts";
import { languageName } from "../../i18n/format.ts";
import { scoreName } from "../../i18n/score-names.ts";
import { segmentName, valueName } from "../../i18n/segment-names.ts";
import { t } from "../../i18n/translate.ts";
import { SaveAnswers } from "../../ui/save-answers.tsx";
import { Select } from "../../ui/select.tsx";
import { Search } from "./search.tsx";

const groups = scoreNames.map((name) => `${name}_group` as const);
const names = [
  ...groups,
  "status",
  "assignee",
  "language",
  "channel",
  "page",
  "topic",
  "tag",
  "q",
  "respondent",
] as const;

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
  for (const where of query.getAll("where")) wanted.append("where", where);
  return wanted;
}

export function Filters({ survey }: { survey: Survey }) {
  const { query } = address.value;
  const assignees = assigneesToChoose(useAssignees(survey.id), query.get("assignee"));
  const select = (name: (typeof names)[number], label: string, options: [string, string][]) => (
    <Select
      key={name}
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
      {scoreNames
        .filter((name) => survey.questions.includes(name))
        .map((name) =>
          select(
            `${name}_group`,
            t("group_of", { score: scoreName(name) }),
            scoredQuestions[name].bands.map(({ group, share }): [string, string] => [group, t(share)]).toReversed(),
          ),
        )}
      {select(
        "status",
        t("status"),
        statuses.map((each) => [each, t(`status_${each}`)]),
      )}
      {assignees.length > 0 &&
        select(
          "assignee",
          t("assignee"),
          assignees.map((each) => [each, each]),
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
      {query.getAll("where").map((where, index, all) => {
        const { segment, value } = readWhere(where, [...survey.segments, ...alwaysKeptSegments]) ?? {};
        return (
          <Chosen
            key={where}
            name={segment === undefined ? t("only") : segmentName(segment)}
            value={segment === undefined || value === undefined ? where : valueName(segment, value)}
            onTakeOff={() => changeQuery({ where: all.toSpliced(index, 1) })}
          />
        );
      })}
      {(["channel", "page", "tag", "respondent"] as const).map((name) => {
        const value = query.get(name);
        return (
          value && (
            <Chosen
              key={name}
              name={t(name)}
              value={name === "channel" ? valueName("channel", value) : value}
              onTakeOff={() => changeQuery({ [name]: null })}
            />
          )
        );
      })}
      <SaveAnswers survey={survey} query={commentsQuery(query, survey.timezone)} />
    </search>
  );
}

/** The names in use, and the one in the address where nothing has it any more. */
function assigneesToChoose(names: readonly string[], chosen: string | null): readonly string[] {
  return chosen === null || names.includes(chosen) ? names : [...names, chosen];
}

/** A filter that came with the address, as a button that takes it off. */
function Chosen({ name, value, onTakeOff }: { name: string; value: string; onTakeOff: () => void }) {
  return (
    <button type="button" class="chosen" onClick={onTakeOff}>
      {name}: <bdi>{value}</bdi> <span aria-hidden="true">×</span>
      <span class="hidden">{t("take_off")}</span>
    </button>
  );
}
