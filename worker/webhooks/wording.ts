/** The language of messages for people: its texts, plurals, numbers and days. */
import type { SurveySettings } from "../../shared/schema/survey.ts";
import type { MessageLanguage } from "../../shared/vocabulary.ts";
import { messageLanguages } from "../../shared/vocabulary.ts";
import { en } from "./texts/en.ts";
import type { MessageTexts } from "./texts/message-texts.ts";
import { ru } from "./texts/ru.ts";
import { uk } from "./texts/uk.ts";

type Forms = Partial<Record<Intl.LDMLPluralRule, string>>;
type AnyTexts = { [Key in keyof MessageTexts<"other">]: MessageTexts<"other">[Key] | Forms };

const tables = { en, uk, ru } as const satisfies Record<MessageLanguage, AnyTexts>;

export type MessageWording = {
  language: MessageLanguage;
  texts: Omit<MessageTexts<"other">, "answers" | "more">;
  /** "400 answers". */
  answers(n: number): string;
  /** "… and 12 more characters". */
  more(n: number): string;
  number(value: number): string;
  /** Both ends as `YYYY-MM-DD`. */
  days(from: string, to: string): string;
};

/** In `language`; where it is null, in the survey's first language among those that there are, else in English. */
export function messageWording(language: MessageLanguage | null, { languages }: SurveySettings): MessageWording {
  const chosen = language ?? languages.find(isMessageLanguage) ?? "en";
  const texts = tables[chosen];
  const number = (value: number) => new Intl.NumberFormat(chosen, { maximumFractionDigits: 0 }).format(value);
  const counted = (forms: Forms, n: number) => {
    const form = forms[new Intl.PluralRules(chosen).select(n)] ?? forms.other ?? forms.many ?? "";
    return filled(form, { n: number(n) });
  };
  return {
    language: chosen,
    texts,
    answers: (n) => counted(texts.answers, n),
    more: (n) => counted(texts.more, n),
    number: (value) => number(Object.is(Math.round(value), -0) ? 0 : value).replace("-", "−"),
    days(from, to) {
      const format = new Intl.DateTimeFormat(chosen, {
        ...{ day: "numeric", month: "short", year: "numeric" },
        timeZone: "UTC",
      });
      return format.formatRange(new Date(`${from}T00:00:00Z`), new Date(`${to}T00:00:00Z`));
    },
  };
}

function isMessageLanguage(language: string): language is MessageLanguage {
  return (messageLanguages as readonly string[]).includes(language);
}

/** The text with each `{name}` replaced by the value of that name. */
export function filled(text: string, values: Readonly<Record<string, string>>): string {
  return text.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}
