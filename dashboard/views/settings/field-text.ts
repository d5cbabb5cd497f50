/** The fields of the settings as the page calls them, where each stands, and their values in words. */
import { scoreNames, styledScores } from "../../../shared/questions.ts";
import type { SurveySettings } from "../../../shared/schema/survey.ts";
import { localTimeOf } from "../../../shared/time/zoned-time.ts";
import { formatNumber, languageName } from "../../i18n/format.ts";
import type { StringKey } from "../../i18n/translate.ts";
import { t } from "../../i18n/translate.ts";

export type SettingsSection = "questions" | "texts" | "look" | "audience" | "figures" | "sharing" | "privacy";
export type Place = { section: SettingsSection; label: StringKey };
type Entry = [pointer: string, place: Place];

/** By the start of the field's pointer. */
const places: Record<string, Place> = {
  "/name": { section: "questions", label: "name" },
  "/brand": { section: "questions", label: "brand" },
  "/questions": { section: "questions", label: "questions" },
  "/paused": { section: "questions", label: "pause" },
  "/starts_at": { section: "questions", label: "starts_at" },
  "/ends_at": { section: "questions", label: "ends_at" },
  "/languages": { section: "texts", label: "languages_offered" },
  "/texts": { section: "texts", label: "settings_texts" },
  ...Object.fromEntries(
    styledScores.map((name): Entry => [`/${name}_style`, { section: "look", label: `${name}_style` }]),
  ),
  "/theme/accent": { section: "look", label: "accent" },
  "/theme/position": { section: "look", label: "position" },
  "/theme/scheme": { section: "look", label: "scheme" },
  "/thanks/promoter": { section: "look", label: "thanks_promoter" },
  "/thanks/passive": { section: "look", label: "thanks_passive" },
  "/thanks/detractor": { section: "look", label: "thanks_detractor" },
  "/trigger": { section: "audience", label: "trigger" },
  "/sample": { section: "audience", label: "sample" },
  "/throttle/after_answer_days": { section: "audience", label: "after_answer" },
  "/throttle/after_dismissal_days": { section: "audience", label: "after_dismissal" },
  "/throttle/any_survey_days": { section: "audience", label: "any_survey" },
  "/targeting/properties": { section: "audience", label: "visitor_properties" },
  "/targeting/include": { section: "audience", label: "include" },
  "/targeting/exclude": { section: "audience", label: "exclude" },
  "/targeting/devices": { section: "audience", label: "devices" },
  "/targeting/languages": { section: "audience", label: "visitor_languages" },
  "/targeting/first_visit_delay_days": { section: "audience", label: "first_visit_delay" },
  "/origins": { section: "audience", label: "origins" },
  "/daily_limit": { section: "audience", label: "daily_limit" },
  "/stop_after": { section: "audience", label: "stop_after" },
  "/turnstile": { section: "audience", label: "turnstile" },
  ...Object.fromEntries(
    scoreNames.map((name): Entry => [`/targets/${name}`, { section: "figures", label: `target_${name}` }]),
  ),
  "/segments": { section: "figures", label: "segments" },
  "/topics": { section: "figures", label: "topics" },
  "/timezone": { section: "figures", label: "timezone" },
  "/count_views": { section: "figures", label: "count_views" },
  "/kiosk": { section: "sharing", label: "kiosk" },
  "/public_badge": { section: "sharing", label: "badge_public" },
  "/retention_days": { section: "privacy", label: "retention" },
  "/storage": { section: "privacy", label: "storage" },
  "/privacy_url": { section: "privacy", label: "privacy_url" },
  "/privacy_tick": { section: "privacy", label: "privacy_tick" },
  "/anonymous": { section: "privacy", label: "anonymous" },
};

/** Where the field stands that the pointer names or leads into; undefined for what is no setting. */
export function placeOf(pointer: string): Place | undefined {
  const key = Object.keys(places).find((each) => pointer === each || pointer.startsWith(`${each}/`));
  return key === undefined ? undefined : places[key];
}

/** What the page calls a setting of the API: its label, or the title of the section in which its parts stand. */
export function settingName(setting: string): string {
  const start = `/${setting}`;
  const whole = places[start];
  if (whole) return t(whole.label);
  const part = Object.keys(places).find((each) => each.startsWith(`${start}/`));
  return part === undefined ? setting : t(`settings_${places[part]!.section}`);
}

/** The field's label, and for a text its language. */
export function fieldName(pointer: string): string {
  const [, text, language, key] = pointer.split("/");
  if (text === "texts" && language && key) return `${t(`text_${key}` as StringKey)} (${languageName(language)})`;
  const place = placeOf(pointer);
  return place ? t(place.label) : pointer;
}

const choiceNames: Record<string, (value: string) => StringKey> = {
  ...Object.fromEntries(
    styledScores.map((name) => [`/${name}_style`, (value: string) => `style_${value}` as StringKey]),
  ),
  "/theme/position": (value) => `position_${value.replace("-", "_")}` as StringKey,
  "/theme/scheme": (value) => `scheme_${value}` as StringKey,
  "/storage": (value) => `storage_${value}` as StringKey,
  "/questions": (value) => `question_${value}` as StringKey,
  "/targeting/devices": (value) => `device_${value}` as StringKey,
};

/** The value as a person reads it, in the unit of the page. `settings`: those that it is one of, for their time zone. */
export function valueText(pointer: string, settings: SurveySettings, value: unknown): string {
  const name = choiceNames[pointer];
  if (value === null || value === undefined || value === "" || (Array.isArray(value) && value.length === 0))
    return t("value_none");
  if (typeof value === "boolean") return t(value ? "value_on" : "value_off");
  if (pointer === "/sample") return `${formatNumber(Number(value) * 100, 1)} %`;
  if (typeof value === "number") return formatNumber(value);
  if (pointer === "/starts_at" || pointer === "/ends_at")
    return `${localTimeOf(String(value), settings.timezone).replace("T", " ")} (${settings.timezone})`;
  if (pointer === "/languages") return (value as string[]).map(languageName).join(", ");
  if (pointer === "/topics")
    return (value as SurveySettings["topics"]).map((topic) => `${topic.name}: ${topic.stems.join(", ")}`).join("; ");
  if (pointer === "/targeting/properties")
    return (
      Object.entries(value as SurveySettings["targeting"]["properties"])
        .map(([name, values]) => `${name}: ${values.join(", ")}`)
        .join("; ") || t("value_none")
    );
  if (pointer === "/trigger") return triggerText(value as SurveySettings["trigger"]);
  if (Array.isArray(value)) return value.map((each) => (name ? t(name(each)) : each)).join(", ");
  if (typeof value === "object") return Object.values(value).join(", ");
  return name ? t(name(String(value))) : String(value);
}

function triggerText({ type, ...rest }: SurveySettings["trigger"]): string {
  return [t(`trigger_${type}`), ...Object.values(rest).map(String)].join(": ");
}
