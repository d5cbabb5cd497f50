/** Why the collector refused, in the reader's words: never a pointer, never what a validator says. */
import { limits } from "../../shared/limits.ts";
import { scoreBounds, scoreNames } from "../../shared/questions.ts";
import type { Refusal } from "../data/api.ts";
import type { StringKey } from "./translate.ts";
import { t } from "./translate.ts";

type Rule = { key: StringKey; values?: Record<string, number> };

const characters = (n: number): Rule => ({ key: "rule_characters", values: { n } });
const filled = (n: number): Rule => ({ key: "rule_filled", values: { n } });
const percent = (low: number, high: number): Rule => ({ key: "rule_percent", values: { low, high } });
const seconds = (low: number): Rule => ({ key: "rule_seconds", values: { low, high: limits.triggerSeconds } });
const days: Rule = { key: "rule_days", values: { low: 0, high: limits.settingDays } };
const points = ([low, high]: readonly [number, number]): Rule => ({ key: "rule_points", values: { low, high } });
const link: Rule = { key: "rule_link", values: { n: limits.urlCharacters } };
const patterns: Rule = { key: "rule_patterns", values: { n: limits.urlPatterns, most: limits.urlCharacters } };
const choice: Rule = { key: "rule_choice" };

/** What would be right in a field, in the unit of the page, by the start of the field's pointer. */
const rules: Record<string, Rule> = {
  "/name": filled(limits.nameCharacters),
  "/brand": characters(limits.nameCharacters),
  "/questions": { key: "rule_questions" },
  "/languages": { key: "rule_offered" },
  "/texts": characters(limits.textCharacters),
  "/starts_at": { key: "rule_time" },
  "/ends_at": { key: "rule_ends_at" },
  "/theme/accent": { key: "rule_colour" },
  "/thanks": link,
  "/trigger/seconds": seconds(0),
  "/trigger/percent": percent(1, 100),
  "/trigger/name": filled(limits.eventNameCharacters),
  "/trigger/selector": filled(limits.textCharacters),
  "/sample": percent(0, 100),
  "/throttle": days,
  "/targeting/include": patterns,
  "/targeting/exclude": patterns,
  "/targeting/languages": { key: "rule_languages", values: { n: limits.targetedLanguages } },
  "/targeting/properties": {
    key: "rule_properties",
    values: { n: limits.targetedProperties, most: limits.targetedValues },
  },
  "/targeting/first_visit_delay_days": days,
  "/origins": { key: "rule_origins", values: { n: limits.origins } },
  "/daily_limit": { key: "rule_daily_limit", values: { n: limits.dailyLimitMost } },
  "/stop_after": { key: "rule_daily_limit", values: { n: limits.stopAfterMost } },
  "/turnstile": { key: "rule_turnstile" },
  ...Object.fromEntries(scoreNames.map((name) => [`/targets/${name}`, points(scoreBounds[name])])),
  "/segments": { key: "rule_segments", values: { n: limits.segments } },
  "/topics": { key: "rule_topics", values: { n: limits.topics, most: limits.topicStems } },
  "/timezone": { key: "rule_timezone" },
  "/retention_days": {
    key: "rule_retention",
    values: { low: limits.retentionDaysLeast, high: limits.retentionDaysMost },
  },
  "/expires_in_days": { key: "rule_days", values: { low: 1, high: limits.invitationDays } },
  "/respondent": filled(limits.respondentCharacters),
  "/map/properties": { key: "rule_hook_properties" },
  "/map": { key: "rule_pointer" },
  "/when/pointer": { key: "rule_pointer" },
  "/each": { key: "rule_pointer" },
  "/delay_minutes": { key: "rule_minutes", values: { low: 0, high: limits.hookDelayMinutes } },
  "/quiet_hours": { key: "rule_quiet" },
  "/secret": { key: "rule_needed" },
  "/bitrix24/inbound_url": { key: "rule_webhook_url" },
  "/bitrix24": { key: "rule_needed" },
  "/url": { key: "rule_webhook_url" },
  "/events": { key: "rule_webhook_events" },
};

/** Lists that are typed one entry a line: an entry's number is the number of its line, from 0. */
const LINES = /^\/(?:origins|segments|topics|targeting\/(?:include|exclude|languages))\/(\d+)/;

/** What would be right where `pointer` leads, and in a list on which line it is not. */
export function ruleOf(pointer: string): string {
  const start = Object.keys(rules).find((each) => pointer === each || pointer.startsWith(`${each}/`));
  const { key, values } = start === undefined ? choice : rules[start]!;
  const line = LINES.exec(pointer)?.[1];
  const text = t(key, values);
  return line === undefined ? text : t("rule_line", { line: Number(line) + 1, text });
}

/** What would be right in the field, where it or anything below it was refused; undefined where it was not. */
export function faultOf(refusal: Refusal | null, pointer: string): string | undefined {
  const fault = refusal?.errors.find((each) => each.pointer === pointer || each.pointer.startsWith(`${pointer}/`));
  return fault && ruleOf(fault.pointer);
}

const reasons: Partial<Record<Refusal["code"], StringKey>> = {
  offline: "refused_offline",
  cut: "refused_cut",
  closed: "refused_closed",
  conflict: "refused_conflict",
  forbidden: "forbidden_text",
  unauthorized: "refused_signed_out",
  unknown_survey: "missing_text",
  not_found: "missing_text",
  erased: "response_erased_text",
  invalid: "refused_invalid",
  unknown_field: "refused_invalid",
  body_too_large: "refused_large",
  rate_limited: "refused_busy",
  overloaded: "refused_busy",
  not_ready: "refused_not_ready",
  database_full: "refused_full",
  plan_limit_reached: "refused_plan",
};

/** Why what the reader wanted was not done, in a sentence. Nothing repeats it but the reader. */
export function reasonOf(refusal: Refusal): string {
  return t(reasons[refusal.code] ?? "refused_other", { code: refusal.code });
}
