/** Surveys that are ready for an occasion: what is asked, when, and what is counted. The wording is in a file for each language. */
import type { Language } from "../languages.ts";
import { languages } from "../languages.ts";
import type { SurveySettingsInput } from "../schema/survey.ts";
import { ar } from "./ar.ts";
import { en } from "./en.ts";
import type { TemplateName, TopicName } from "./names.ts";
import { ru } from "./ru.ts";
import type { TemplateTexts } from "./template-texts.ts";
import { uk } from "./uk.ts";

type Template = { settings: Partial<SurveySettingsInput>; topics: readonly TopicName[] };

const templates: Record<TemplateName, Template> = {
  shop: {
    settings: { questions: ["csat", "nps", "comment"], segments: ["channel", "device"] },
    topics: ["price", "range", "website", "delivery", "staff"],
  },
  // After each case: who has two in a month is asked twice.
  support: {
    settings: {
      questions: ["csat", "comment"],
      csat_style: "faces",
      segments: ["channel", "agent"],
      throttle: { after_answer_days: 1, after_dismissal_days: 7 },
      trigger: { type: "manual" },
    },
    topics: ["speed", "staff", "solution"],
  },
  delivery: {
    settings: {
      questions: ["csat", "comment", "nps"],
      csat_style: "stars",
      segments: ["channel", "carrier"],
      throttle: { after_answer_days: 7, after_dismissal_days: 7 },
    },
    topics: ["speed", "packaging", "courier", "price"],
  },
  // Not before somebody knows the product, and a quarter of them in each quarter.
  saas: {
    settings: {
      questions: ["nps", "comment"],
      segments: ["plan", "device"],
      targeting: { first_visit_delay_days: 14 },
      throttle: { any_survey_days: 30 },
      trigger: { type: "delay", seconds: 20 },
    },
    topics: ["price", "features", "faults", "speed", "staff"],
  },
  // Words about health are kept no longer than they are of use.
  clinic: {
    settings: {
      questions: ["csat", "nps", "comment"],
      segments: ["channel", "department"],
      retention_days: 365,
      trigger: { type: "manual" },
    },
    topics: ["waiting", "treatment", "staff", "price"],
  },
  employees: {
    settings: {
      questions: ["nps", "comment"],
      segments: ["department"],
      anonymous: true,
      storage: "after_act",
      trigger: { type: "manual" },
    },
    topics: ["pay", "manager", "workload", "staff"],
  },
};

const wordings: Record<Language, TemplateTexts> = { en, uk, ru, ar };

/**
 * The settings of a template, without a name for the survey: its questions in every language, and its topics found in every
 * language. `language` is that of the team, in which the topics are named.
 */
export function templateSettings(name: TemplateName, language: Language): Partial<SurveySettingsInput> {
  const { settings, topics } = templates[name];
  const texts = languages.flatMap((each) => {
    const own = wordings[each].texts[name];
    return Object.keys(own).length > 0 ? [[each, own] as const] : [];
  });
  return {
    ...settings,
    texts: Object.fromEntries(texts),
    topics: topics.map((topic) => ({
      name: wordings[language].topics[topic].name,
      stems: [...new Set(languages.flatMap((each) => wordings[each].topics[topic].stems))],
    })),
  };
}
