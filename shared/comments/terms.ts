/** Words that many comments have in common and that could become a topic. A rough stem is enough, because a person decides. */
import { foldText, withoutUnwritten, wordsOf } from "./fold.ts";
import { UNSPACED } from "./scripts.ts";
import { stopWords } from "./stop-words.ts";

/** A comment with the score of the same response. */
export type ScoredComment = { comment: string; nps: number | null };
/**
 * `stem` is the beginning of all words of the term, so a topic can take it as it is. `word` is the commonest of these words.
 */
export type CommonTerm = { stem: string; word: string; comments: ScoredComment[] };

const LEAST_LETTERS = 4;
const LEAST_COMMENTS = 3;

/** Endings, folded as the words are (й is и, ї is і). The longest that leaves four letters is cut off. */
const ENDINGS = {
  cyrillic: (
    "ування ювання остями ностью ости ость ості ість ення ання ения ение ания ание ами ями ого его ому ему ими ыми " +
    "ии ыи ия іи іа ія ою ею ои еи ая яя ое ее ые ие их ых ам ям ах ях ом ем ов ев ів а я о е и ы і у ю ь"
  ).split(" "),
  latin: "ations ation ments ment iness ingly ings edly ness able ing ied ies ily ers ery ed er es ly s y e".split(" "),
};
const CYRILLIC = /^\p{Script=Cyrillic}+$/u;
const LATIN = /^\p{Script=Latin}+$/u;

/** The terms of the most comments first; a comment counts once. `isCovered` tells words that some topic has already. */
export function commonTerms(
  comments: readonly ScoredComment[],
  isCovered: (word: string) => boolean,
  most: number,
): CommonTerm[] {
  const found = new Map<string, { words: Map<string, number>; comments: ScoredComment[] }>();
  for (const scored of comments) {
    const stems = new Map(lettered(scored.comment).map((word) => [stemOf(foldText(word)), word]));
    for (const [stem, word] of stems) {
      const term = found.get(stem) ?? { words: new Map<string, number>(), comments: [] as ScoredComment[] };
      term.comments.push(scored);
      term.words.set(word, (term.words.get(word) ?? 0) + 1);
      found.set(stem, term);
    }
  }
  return [...found]
    .map(([stem, { words, comments }]) => ({ ...written(stem, commonest(words)), comments }))
    .filter(({ word, comments }) => comments.length >= LEAST_COMMENTS && !isCovered(word))
    .sort((a, b) => b.comments.length - a.comments.length || (a.stem < b.stem ? -1 : 1))
    .slice(0, most);
}

/** The stem as people write it, where folding did not change its length. */
function written(stem: string, word: string): { stem: string; word: string } {
  const beginning = word.slice(0, stem.length);
  return { stem: foldText(beginning) === stem ? beginning : stem, word };
}

/** The beginning that a word shares with its other forms. */
export function stemOf(word: string): string {
  const endings = CYRILLIC.test(word) ? ENDINGS.cyrillic : LATIN.test(word) ? ENDINGS.latin : [];
  const longest = endings
    .filter((ending) => word.endsWith(ending) && word.length - ending.length >= LEAST_LETTERS)
    .sort((a, b) => b.length - a.length)[0];
  return longest === undefined ? word : word.slice(0, -longest.length);
}

let segmenter: Intl.Segmenter | undefined;

/**
 * The words that are counted: no numbers and no stop words. Where a script has no spaces between words, a dictionary of the
 * platform splits them.
 */
function lettered(comment: string): string[] {
  return wordsOf(withoutUnwritten(comment.normalize("NFC").toLowerCase()))
    .trim()
    .split(" ")
    .flatMap((word) => {
      if (!UNSPACED.test(word)) return word.length >= LEAST_LETTERS ? [word] : [];
      segmenter ??= new Intl.Segmenter(undefined, { granularity: "word" });
      return [...segmenter.segment(word)].map(({ segment }) => segment).filter((segment) => segment.length >= 2);
    })
    .filter((word) => !/^\p{N}+$/u.test(word) && !stopWords.has(foldText(word)));
}

function commonest(words: ReadonlyMap<string, number>): string {
  return [...words].sort(([a, n], [b, m]) => m - n || a.length - b.length)[0]![0];
}
