/** Finds the topics that a comment names. An owner gives each topic stems: beginnings of words, in any language. */
import { foldText, wordsOf } from "./fold.ts";
import { UNSPACED } from "./scripts.ts";

export type Topic = { name: string; stems: readonly string[] };

/** Finds the names of the topics that a comment mentions, in the order of the rules. Make once, use on many. */
export function topicFinder(topics: readonly Topic[]): (comment: string) => string[] {
  const rules = topics.map(({ name, stems }) => ({
    name,
    needles: stems.map(needleOf).filter((each) => each !== " "),
  }));
  return (comment) => {
    if (rules.length === 0) return [];
    const words = wordsOf(foldText(comment));
    const named = rules.filter(({ needles }) => needles.some((needle) => words.includes(needle)));
    return [...new Set(named.map(({ name }) => name))];
  };
}

/**
 * The text to look for among the words of a comment. "customer serv" matches two words in a row, of which the second begins with
 * "serv". In a script without spaces a stem matches anywhere. A stem of punctuation alone matches nothing.
 */
function needleOf(stem: string): string {
  const words = wordsOf(foldText(stem));
  return UNSPACED.test(words) ? words.trim() : words;
}
