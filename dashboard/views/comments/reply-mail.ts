/** A reply to whoever answered, as a mail that the reader's own program writes: to whom, in which language, with which words. */
import type { Language } from "../../../shared/languages.ts";
import { chooseLanguage, languages } from "../../../shared/languages.ts";
import type { ResponseItem } from "../../../shared/schema/comment.ts";

/** As written in a link, where a letter of Cyrillic takes six characters: Windows opens no link of more than about 2,000. */
const QUOTED_CHARACTERS = 1000;

/** An address as people have one, without the signs that mean something in a link. */
const ADDRESS = /^[^\s@<>()[\]\\,;:"?&#%/]{1,64}@[^\s@<>()[\]\\,;:"?&#%/]+\.[^\s@<>()[\]\\,;:"?&#%/.]+$/;

/** Properties that sites call an address by. */
const NAMES = ["email", "e-mail", "mail"];

type Words = { subject: string; subjectOf: string; hello: string; thanks: string; wrote: string };

/** `{brand}` is the name of the survey's brand. */
const texts: Record<Language, Words> = {
  en: {
    subject: "Your feedback",
    subjectOf: "Your feedback to {brand}",
    hello: "Hello,",
    thanks: "thank you for taking the time to answer us.",
    wrote: "You wrote:",
  },
  uk: {
    subject: "Ваш відгук",
    subjectOf: "Ваш відгук для {brand}",
    hello: "Вітаємо!",
    thanks: "Дякуємо, що знайшли час відповісти нам.",
    wrote: "Ви написали:",
  },
  ru: {
    subject: "Ваш отзыв",
    subjectOf: "Ваш отзыв для {brand}",
    hello: "Здравствуйте!",
    thanks: "Спасибо, что нашли время ответить нам.",
    wrote: "Вы написали:",
  },
  ar: {
    subject: "ملاحظاتك",
    subjectOf: "ملاحظاتك إلى {brand}",
    hello: "مرحبًا،",
    thanks: "شكرًا على الوقت الذي خصصته للرد علينا.",
    wrote: "لقد كتبت:",
  },
};

type Answered = Pick<ResponseItem, "respondent" | "properties" | "comment" | "locale">;

/** The respondent's address: their id, or a property called `email`; null where neither looks like one. */
export function addressOf({ respondent, properties }: Answered): string | null {
  const named = Object.entries(properties).filter(([name]) => NAMES.includes(name.toLowerCase()));
  const found = [respondent?.id, ...named.map(([, value]) => value)].find(
    (value) => typeof value === "string" && ADDRESS.test(value),
  );
  return typeof found === "string" ? found : null;
}

/**
 * The link that opens a mail to `to` in the reader's own program. Its words are in the language in which the respondent
 * answered, or in the first of `offered`.
 */
export function mailLink(
  to: string,
  response: Answered,
  brand: string,
  offered: readonly Language[] = languages,
): string {
  const { comment, locale } = response;
  const asked = locale === null ? [] : [locale];
  const words = texts[chooseLanguage([...asked, ...offered], languages)];
  const subject = brand === "" ? words.subject : words.subjectOf.replace("{brand}", () => brand);
  const quoted = comment === null ? [] : [words.wrote, ...quote(comment), ""];
  const body = [words.hello, "", words.thanks, "", "", ...quoted].join("\r\n");
  return `mailto:${encodeURIComponent(to).replace("%40", "@")}?subject=${encodeURIComponent(subject)}&body=${encodeURIComponent(body)}`;
}

/** As much of the comment's beginning as has room, each line marked as mail programs mark what is quoted. */
function quote(comment: string): string[] {
  let room = QUOTED_CHARACTERS;
  const characters = [...comment];
  const end = characters.findIndex((character) => {
    room -= encodeURIComponent(character).length;
    return room < 0;
  });
  const text = end === -1 ? comment : `${characters.slice(0, end).join("")}…`;
  return text.split("\n").map((line) => `> ${line}`);
}
