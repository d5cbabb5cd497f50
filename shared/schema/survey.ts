import * as z from "zod";
import { isRecord } from "../is-record.ts";
import { languages } from "../languages.ts";
import { limits } from "../limits.ts";
import type { DefaultScore, ScoreName, Style, StyleSettings } from "../questions.ts";
import { isByDefault, scoreBounds, scoredQuestions, scoreNames, styledScores, styleOf } from "../questions.ts";
import { CROSS, partsOf } from "../segments.ts";
import { textKeys } from "../strings/keys.ts";
import { dayInZone } from "../time/calendar.ts";
import type { Question } from "../vocabulary.ts";
import {
  alwaysKeptSegments,
  devices,
  positions,
  questions,
  schemes,
  storageChoices,
  surveyDefaults,
} from "../vocabulary.ts";
import type { WidgetScales, WidgetThresholds } from "../widget-questions.ts";
import { fillingShape } from "./metrics-reply.ts";
import { filledTextUpTo, instant, instantShape, languageTag, oneOf, textUpTo } from "./text.ts";

const timezone = z.string().refine(isTimezone, { error: "must be an IANA time zone such as Europe/Kyiv" });

function isTimezone(name: string): boolean {
  if (/^[+-]/.test(name)) return false;
  try {
    dayInZone(0, name);
    return true;
  } catch {
    return false;
  }
}

const webAddress = z
  .string()
  .max(limits.urlCharacters, { error: `must be at most ${limits.urlCharacters} characters` })
  .refine((text) => /^https?:|^mailto:|^tel:/i.test(text) && URL.canParse(text), {
    error: "must be an https:, http:, mailto: or tel: address",
  });

/** `https://shop.example`, `http://localhost:3000`, or `https://*.shop.example` for every subdomain. */
const origin = z
  .string()
  .max(limits.originCharacters, { error: `must be at most ${limits.originCharacters} characters` })
  .refine(isOrigin, { error: "must be an origin such as https://shop.example" });

function isOrigin(text: string): boolean {
  const url = URL.parse(text.replace("://*.", "://any."));
  return url !== null && /^https?:$/.test(url.protocol) && url.origin === text.replace("://*.", "://any.");
}

/** A glob over the address without query and fragment: `*` is any run of characters, all else is itself. */
const urlPattern = filledTextUpTo(limits.urlCharacters);

const unique = <Item extends z.ZodType<string>>(item: Item, most: number) =>
  z
    .array(item)
    .max(most, { error: `must have at most ${most} entries` })
    .refine((list) => new Set(list).size === list.length, { error: "must not repeat an entry" });

const days = z
  .int({ error: "must be a whole number of days" })
  .min(0, { error: "must not be negative" })
  .max(limits.settingDays, { error: `must be at most ${limits.settingDays}` });

/** A property by which scores are broken down, a built-in one, or several crossed. */
const segment = filledTextUpTo(limits.propertyNameCharacters * 3 + 2)
  .refine((name) => partsOf(name).length <= 3 && partsOf(name).every((part) => part.trim() === part && part), {
    error: `must be a property's name, or two or three crossed as plan${CROSS}department`,
  })
  .refine((name) => alwaysKeptSegments.every((kept) => kept !== name), { error: "is built in and always kept" })
  .refine((name) => !partsOf(name).includes("__proto__"), { error: "must not be named __proto__: no property is" });

/** When the question is asked, once everything else allows it. */
const trigger = z.discriminatedUnion(
  "type",
  [
    z.strictObject({ type: z.literal("delay"), seconds: z.number().min(0).max(limits.triggerSeconds) }),
    z.strictObject({ type: z.literal("scroll"), percent: z.number().min(1).max(100) }),
    z.strictObject({ type: z.literal("exit") }),
    z.strictObject({ type: z.literal("idle"), seconds: z.number().min(1).max(limits.triggerSeconds) }),
    z.strictObject({ type: z.literal("event"), name: filledTextUpTo(limits.eventNameCharacters) }),
    z.strictObject({ type: z.literal("click"), selector: filledTextUpTo(limits.textCharacters) }),
    z.strictObject({ type: z.literal("manual") }),
  ],
  { error: "type must be delay, scroll, exit, idle, event, click or manual" },
);

const theme = z.strictObject({
  accent: z
    .string()
    .regex(/^#[0-9a-fA-F]{6}$/, { error: "must be a colour such as #1f6feb" })
    .nullable()
    .default(surveyDefaults.theme.accent),
  scheme: z.enum(schemes).default(surveyDefaults.theme.scheme),
  position: z.enum(positions).default(surveyDefaults.theme.position),
});

const thanksLink = z.strictObject({ url: webAddress }).nullable().default(null);

/** The owner's own wording, over the built-in one: language → text → wording. */
const texts = z.partialRecord(
  z.enum(languages),
  z.partialRecord(z.enum(textKeys), filledTextUpTo(limits.textCharacters)),
);

const topic = z.strictObject({
  name: filledTextUpTo(limits.nameCharacters),
  /** Word beginnings in any language: "доставк", "deliver", "courier". */
  stems: z.array(filledTextUpTo(limits.stemCharacters)).min(1).max(limits.topicStems),
});

const targetScore = ([low, high]: readonly [low: number, high: number]) =>
  z
    .number()
    .min(low, { error: `must be from ${low} to ${high}` })
    .max(high, { error: `must be from ${low} to ${high}` })
    .nullable();

type Target = ReturnType<typeof targetScore>;

/** A question that is not asked by default has a target only where one is set. */
const targets = Object.fromEntries(
  scoreNames.map((name) => {
    const target = targetScore(scoreBounds[name]);
    return [name, isByDefault(name) ? target.default(null) : target.exactOptional()];
  }),
) as { [Name in ScoreName]: Name extends DefaultScore ? z.ZodDefault<Target> : z.ZodExactOptional<Target> };

/** How each question is drawn that can be drawn in several ways. */
const styleSettings = Object.fromEntries(
  styledScores.map((name) => {
    const shape: z.ZodType<Style, Style> = z.enum(scoredQuestions[name].styles);
    return [`${name}_style`, shape.default(styleOf(name, {}))];
  }),
) as { [Setting in keyof StyleSettings]: z.ZodDefault<z.ZodType<StyleSettings[Setting], StyleSettings[Setting]>> };

/** Everything an owner can set on a survey. All but `name` have defaults; unknown names are refused. */
export const surveySettingsSchema = z.strictObject({
  name: filledTextUpTo(limits.nameCharacters),
  /** Stands in the question: "How likely are you to recommend {brand}?" Empty: "us". */
  brand: textUpTo(limits.nameCharacters).default(surveyDefaults.brand),
  questions: z
    .array(oneOf(questions))
    .min(1)
    .max(questions.length)
    .refine((list) => new Set(list).size === list.length, { error: "must not repeat a question" })
    .default([...surveyDefaults.questions]),
  ...styleSettings,
  /** The languages offered, the first for those who read none of them. */
  languages: unique(z.enum(languages), languages.length)
    .min(1, { error: "must name at least one language" })
    .default([...surveyDefaults.languages]),
  texts: texts.default({}),
  timezone: timezone.default(surveyDefaults.timezone),
  segments: unique(segment, limits.segments).default([]),
  /** Pages that may send responses; empty = any. */
  origins: unique(origin, limits.origins).default([]),
  paused: z.boolean().default(false),
  starts_at: instant.nullable().default(null),
  ends_at: instant.nullable().default(null),
  targeting: z
    .strictObject({
      include: z.array(urlPattern).max(limits.urlPatterns).default([]),
      exclude: z.array(urlPattern).max(limits.urlPatterns).default([]),
      devices: unique(z.enum(devices), devices.length).default([]),
      /** Visitors' languages, as "uk" or "pt-BR"; empty = any. */
      languages: unique(languageTag, limits.targetedLanguages).default([]),
      /** Days after the first visit before which nobody is asked. */
      first_visit_delay_days: days.default(surveyDefaults.targeting.first_visit_delay_days),
      /** Only visitors of whom the page says one of these values, for each property named: `{"plan": ["pro", "team"]}`. */
      properties: z
        .record(
          filledTextUpTo(limits.propertyNameCharacters),
          unique(filledTextUpTo(limits.propertyValueCharacters), limits.targetedValues).min(1, {
            error: "must name at least one value",
          }),
        )
        .refine((properties) => Object.keys(properties).length <= limits.targetedProperties, {
          error: `must have at most ${limits.targetedProperties} names`,
        })
        .meta({ maxProperties: limits.targetedProperties })
        .default({}),
    })
    .prefault({}),
  trigger: trigger.default(surveyDefaults.trigger),
  /** The share of visitors who may be asked, 0 to 1. */
  sample: z
    .number()
    .min(0, { error: "must be from 0 to 1" })
    .max(1, { error: "must be from 0 to 1" })
    .default(surveyDefaults.sample),
  throttle: z
    .strictObject({
      after_answer_days: days.default(surveyDefaults.throttle.after_answer_days),
      after_dismissal_days: days.default(surveyDefaults.throttle.after_dismissal_days),
      /** Days after any survey of this collector was shown, answered or closed; 0: the others do not matter. */
      any_survey_days: days.default(surveyDefaults.throttle.any_survey_days),
    })
    .prefault({}),
  storage: z.enum(storageChoices).default(surveyDefaults.storage),
  theme: theme.prefault({}),
  /** Where each group is invited to go after the thanks: a review site, a contact. */
  thanks: z.strictObject({ promoter: thanksLink, passive: thanksLink, detractor: thanksLink }).prefault({}),
  targets: z.strictObject(targets).prefault({}),
  topics: z.array(topic).max(limits.topics).default([]),
  /** Raw responses are deleted after so many days; the counters stay. */
  retention_days: z
    .int()
    .min(limits.retentionDaysLeast, { error: `must be at least ${limits.retentionDaysLeast}` })
    .max(limits.retentionDaysMost)
    .nullable()
    .default(null),
  /**
   * Most responses counted on one calendar day. Nothing is lost past it: pages keep their answers for a week and send them
   * again.
   */
  daily_limit: z
    .int({ error: "must be a whole number" })
    .min(1, { error: "must be at least 1" })
    .max(limits.dailyLimitMost, { error: `must be at most ${limits.dailyLimitMost}` })
    .nullable()
    .default(surveyDefaults.daily_limit),
  /** Nobody is asked once so many answers are counted. What is sent anyway is stored. Null: as many as come. */
  stop_after: z
    .int({ error: "must be a whole number" })
    .min(1, { error: "must be at least 1" })
    .max(limits.stopAfterMost, { error: `must be at most ${limits.stopAfterMost}` })
    .nullable()
    .default(null),
  /**
   * Site key of Cloudflare Turnstile; a response from a page is then taken only with a token of it, in `turnstile`. Null: off.
   * The widget gets the token by itself once somebody has answered; the linked page, without scripts of others, is closed.
   */
  turnstile: z
    .string()
    .regex(/^[0-9A-Za-z_-]{10,64}$/, { error: "must be a Turnstile site key" })
    .nullable()
    .default(null),
  /** Keeps no respondent, no page, no region of the language, and of the properties those declared as segments. */
  anonymous: z.boolean().default(false),
  count_views: z.boolean().default(false),
  public_badge: z.boolean().default(false),
  /** The open link is for a tablet that people pass on; `?kiosk=1` and `?kiosk=0` in the link say it for one. */
  kiosk: z.boolean().default(false),
  /** Where people read how their answer is used: a line under the comment and in the mail leads there. Null: no such line. */
  privacy_url: webAddress.nullable().default(null),
  /** Words are taken from the widget and the linked page only with a tick; scores never need one. */
  privacy_tick: z.boolean().default(false),
});

/** What a survey has beside its settings when it is read; sent back it is ignored. */
const READ_ONLY = ["id", "created_at", "updated_at", "stopped", "filling"] as const satisfies readonly Exclude<
  keyof Survey,
  keyof SurveySettings
>[];

function settingsAlone(body: unknown): unknown {
  if (!isRecord(body)) return body;
  const { ...settings } = body;
  for (const name of READ_ONLY) delete settings[name];
  return settings;
}

/** The body of `POST`: settings, or a whole survey as `GET` shows it, of which a new one is made. */
export const newSurveySchema = z.preprocess(settingsAlone, surveySettingsSchema);

/**
 * The body of `PATCH`: any known settings, whose values are checked when they are merged into the rest. A default filled
 * in here would overwrite what the owner had set.
 */
export const surveyPatchSchema = z.preprocess(
  settingsAlone,
  z.strictObject(
    Object.fromEntries(Object.keys(surveySettingsSchema.shape).map((name) => [name, z.unknown().optional()])),
  ),
);

export type SurveySettings = z.output<typeof surveySettingsSchema>;
export type SurveySettingsInput = z.input<typeof surveySettingsSchema>;

/** A survey as the API shows it. */
export const surveyShape = surveySettingsSchema.extend({
  id: z.string(),
  created_at: instantShape,
  updated_at: instantShape,
  /** Only once as many answers are counted as `stop_after` says: nobody is asked. */
  stopped: z.literal(true).exactOptional(),
  /** Only while segments or topics declared later are being filled in for the past. */
  filling: fillingShape.exactOptional(),
});
export type Survey = z.output<typeof surveyShape>;

/**
 * What the loader needs to know; a setting at its default is left out, for every byte is on every page view. `WidgetScales`
 * and `thresholds` are of questions that a survey does not ask by default, and of those that are asked.
 */
export type WidgetConfig = WidgetScales & {
  id: string;
  brand?: string;
  questions?: Question[];
  languages?: SurveySettings["languages"];
  texts?: SurveySettings["texts"];
  paused?: true;
  starts_at?: string;
  ends_at?: string;
  targeting?: Partial<SurveySettings["targeting"]>;
  trigger?: SurveySettings["trigger"];
  sample?: number;
  throttle?: Partial<SurveySettings["throttle"]>;
  storage?: SurveySettings["storage"];
  theme?: Partial<SurveySettings["theme"]>;
  thanks?: Partial<SurveySettings["thanks"]>;
  count_views?: true;
  turnstile?: string;
  privacy_url?: string;
  privacy_tick?: true;
  /** Those in the address of the script. */
  properties?: Readonly<Record<string, string>>;
  thresholds?: WidgetThresholds;
};
