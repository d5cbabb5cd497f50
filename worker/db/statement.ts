/**
 * SQL with named parameters. D1 binds by number only, so `statement` turns each `:name` of a text into a number, once when
 * its module is loaded; a call only puts the values in that order.
 */

export type Param = string | number | null;

/**
 * A statement with its values, as the store runs it. `once`: run twice it would change twice, so it is not sent again when it is
 * unknown whether it has been run.
 */
export type Query = { text: string; params: Param[]; once?: true };

/** Takes a value for each name of the text: a missing or an unknown one does not compile. */
export type Statement<Names extends string> = (
  ...values: [Names] extends [never] ? [] : [values: Readonly<Record<Names, Param>>]
) => Query;

/**
 * Throws while the module is loaded if the text numbers a parameter itself. A name that the compiler could not see (in a
 * part of the text whose type is `string`) is checked by each call, which throws if it has no value.
 */
export function statement<Text extends string>(sql: Text): Statement<NamesIn<Text>> {
  const { text, names } = numbered(sql);
  return (values?: Readonly<Record<string, Param>>) => ({
    text,
    params: names.map((name) => {
      const value = values?.[name];
      if (value === undefined) throw new Error(`no value for :${name} in: ${sql}`);
      return value;
    }),
  });
}

/** Matches quoted texts, quoted names and comments, to pass over them; each other `:name` and `?` is a parameter. */
const PARTS = /'(?:[^']|'')*'|"(?:[^"]|"")*"|--[^\n]*|\/\*[\s\S]*?\*\/|::|:(\w+)|\?/g;

/** The text with `?1`, `?2`, … in place of its names, and the names in that order, each once. */
export function numbered(sql: string): { text: string; names: readonly string[] } {
  const names = new Set<string>();
  const text = sql.replace(PARTS, (part, name?: string) => {
    if (part === "?") throw new Error(`a parameter without a name in: ${sql}`);
    if (name === undefined) return part;
    names.add(name);
    return `?${[...names].indexOf(name) + 1}`;
  });
  return { text, names: [...names] };
}

/** The names in a text, by the same rules; `string` for a text that the compiler does not know. */
export type NamesIn<Text extends string> = string extends Text ? string : NamesOf<Bare<Text>>;

/** The text without quoted texts. (No statement has comments or quoted names; here they would count as text.) */
type Bare<Text extends string, Done extends string = ""> = Text extends `${infer Before}'${string}'${infer After}`
  ? Bare<After, `${Done}${Before}`>
  : `${Done}${Text}`;

type NamesOf<Text extends string, Found extends string = never> = Text extends `${string}:${infer After}`
  ? NamesOf<After, Found | WordOf<Until<Until<After, " ">, "\n">>>
  : Found;

type Until<Text extends string, End extends string> = Text extends `${infer Before}${End}${string}` ? Before : Text;

type WordOf<Text extends string, Word extends string = ""> = Text extends `${infer First}${infer Rest}`
  ? First extends Letter
    ? WordOf<Rest, `${Word}${First}`>
    : Word
  : Word;

type Lower =
  | ("a" | "b" | "c" | "d" | "e" | "f" | "g" | "h" | "i" | "j" | "k" | "l" | "m")
  | ("n" | "o" | "p" | "q" | "r" | "s" | "t" | "u" | "v" | "w" | "x" | "y" | "z");
type Letter = Lower | Uppercase<Lower> | "_" | `${0 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9}`;
