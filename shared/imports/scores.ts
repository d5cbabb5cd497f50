/** Scores as other programs write them. Whether a number is on the question's scale is for the collector to judge. */
import type { ScoreName } from "../questions.ts";
import { scoredQuestions } from "../questions.ts";
import { asSeen } from "../text.ts";
import { quoted } from "./quoted.ts";

const NUMBER = String.raw`[-−]?\d{1,6}(?:[.,]\d{1,6})?`;

/** `NPS: 9`, `score 9`, `NPS: 9 – because it is quick`: what stands behind the dash is the person's comment. */
const LABELLED = new RegExp(
  String.raw`^(?:\p{L}[\p{L} ]{0,30}: ?|\p{L}{2,20} )(${NUMBER})(?: [-–—] (.*\p{L}.*))?$`,
  "u",
);

/** `9`, `9,0`, `10 - Extremely likely`, `9/10`, `9 out of 10`. A range such as `9-10` is none of them. */
const LEADING = new RegExp(
  String.raw`^(?:\p{L}[\p{L} ]{0,30}: ?)?(${NUMBER})(?: ?(?:/|out of|of|из|з|із) ?(\d+))?(?: ?[-–—:.,(] ?(?![\d ]).*| \p{L}[^\d]*)?$`,
  "iu",
);

/** `Extremely likely - 10`, `Extremely likely (10)`. */
const TRAILING = new RegExp(String.raw`^[^\d]*\p{L}[^\d]*?(?: [-–—] | ?\()(${NUMBER})\)?$`, "u");

/** Longer texts are no scores. Without a bound the search for a number at the end takes time by the square of the length. */
const LONGEST_WORDS = 200;

/** What stands in a cell that holds no answer. */
const NONE = /^(?:[-–—]+|n\/?a|null|none|nan|н\/?д|немає|нет)?$/i;

/** The answers that are words on a scale of five, in lower case. */
const words: Partial<Record<ScoreName, readonly (readonly string[])[]>> = {
  csat: [
    [
      "very dissatisfied",
      "very unsatisfied",
      "дуже незадоволений",
      "дуже незадоволена",
      "очень недоволен",
      "очень недовольна",
    ],
    [
      "dissatisfied",
      "unsatisfied",
      "somewhat dissatisfied",
      "незадоволений",
      "незадоволена",
      "недоволен",
      "недовольна",
    ],
    ["neutral", "neither satisfied nor dissatisfied", "нейтрально", "ні те, ні інше", "ни то, ни другое"],
    ["satisfied", "somewhat satisfied", "задоволений", "задоволена", "доволен", "довольна"],
    ["very satisfied", "extremely satisfied", "дуже задоволений", "дуже задоволена", "очень доволен", "очень довольна"],
  ],
};

/** `said`: words that stand in the same cell and are a comment. */
export type ReadScore = { score: number | null; said?: string };

/** The number that the text gives as a score of the question, null where it holds no answer. `8,5` is 8.5. */
export function readScore(text: string, question: ScoreName): ReadScore | { fault: string } {
  const seen = asSeen(text);
  if (NONE.test(seen)) return { score: null };
  const word = words[question]?.findIndex((each) => each.includes(seen.toLowerCase())) ?? -1;
  const [low, high] = scoredQuestions[question].scale;
  if (word >= 0) return { score: low + word };
  const labelled = LABELLED.exec(seen);
  if (labelled) return { score: numberOf(labelled[1]!), ...(labelled[2] ? { said: labelled[2] } : {}) };
  const [, leading, outOf] = LEADING.exec(seen) ?? [];
  const number = leading ?? (seen.length > LONGEST_WORDS ? undefined : TRAILING.exec(seen)?.[1]);
  if (number === undefined) return { fault: `is ${quoted(text)}, which is no score` };
  if (outOf !== undefined && Number(outOf) !== high)
    return { fault: `is ${quoted(text)}, and the scale ends at ${high}` };
  return { score: numberOf(number) };
}

function numberOf(text: string): number {
  return Number(text.replace(",", ".").replace("−", "-"));
}
