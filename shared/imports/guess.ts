/** What a column fills, guessed by its name and by what stands in it. The user confirms it. */
import { limits } from "../limits.ts";
import type { ScoreName } from "../questions.ts";
import { scoredQuestions, scoreNames } from "../questions.ts";
import { characters } from "../text.ts";
import { readMoment } from "./dates.ts";
import type { ImportField } from "./fields.ts";
import { propertyField } from "./fields.ts";
import { readScore } from "./scores.ts";
import { keyOf } from "./table-map.ts";

type Column = { header: string; key: string; cells: readonly string[] };

/** Words in the question that each score answers, in English, Ukrainian and Russian. */
const questionWords: Partial<Record<ScoreName, RegExp>> = {
  nps: /\bnps\b|recommend|promoter|рекоменд/,
  csat: /\bcsat\b|satisf|задовол|удовлетвор|доволь/,
};
const SCORE = /\$survey response|score|\brating|\brate\b|grade|оцін|оцен|\bбал|рейтинг/;
const COMMENT =
  /\$survey response|comment|feedback|\bwhy\b|reason|improve|tell us|opinion|review|suggest|комент|коммент|відгук|отзыв|чому|почему|причин|покращ|улучш|розкаж|расскаж|думк|мнени|побажан|пожелан/;
const DATE = /date|time|created|submitted|completed|дата|час\b|время|створено|создан/;

/** Columns that are told by their name alone. */
const named: readonly (readonly [RegExp, ImportField | null])[] = [
  [/unsubscribed (at|on|date)|дата (відписки|отписки)/, "unsubscribed_at"],
  [/^unsubscribed?$|^(відписан|отписан)/, "unsubscribed"],
  [/last (asked|sent|survey)|остан.*(запит|опит)|последн.*опрос/, "asked_at"],
  [/e-?mail|(електронн|электронн).*(пошт|почт|адрес)|^(пошта|почта|імейл|имейл)$/, "respondent"],
  [
    /^(user|customer|client|contact|respondent) ?id$|^id (клієнта|клиента|користувача|пользователя)$/,
    "respondent_else",
  ],
  [/^(id|response ?id|ідентифікатор|идентификатор)$/, "id"],
  // A row's number is no id: the next file begins with 1 again.
  [/^(#|№)( п\/п)?$/, null],
  [/^(tags?|labels?|теги?|мітк[аи]|метк[аи])$/, "tags"],
  [/^(notes?|нотатк[аи]|примітк[аи]|заметк[аи]|примечани[ея])$/, "note"],
  [/^(locale|language|мова|язык)$/, "locale"],
  [/^((first|last|full|user|customer|client|contact) ?)?name$|^(ім.?я|піб|имя|фио|прізвище|фамилия)/, null],
  [/\bphone\b|телефон|^ip\b|ip[ _-]address/, null],
];

/**
 * The fields of all columns: `known` where it says so, null for a column to leave out and undefined for one to guess. Names of
 * persons, telephone numbers and addresses of devices are left out. What is nothing else becomes a property, while there is
 * room for one and its values are short enough.
 */
export function guessFields(
  table: readonly { header: string; cells: readonly string[] }[],
  known: readonly (ImportField | null | undefined)[],
): (ImportField | null)[] {
  const columns = table.map((column) => ({ ...column, key: keyOf(column.header) }));
  const fields: (ImportField | null | undefined)[] = [...known];
  const give = (field: ImportField, fits: (column: Column) => boolean) => {
    if (fields.includes(field)) return;
    const index = columns.findIndex((column, each) => fields[each] === undefined && fits(column));
    if (index >= 0) fields[index] = field;
  };
  columns.forEach(({ key, cells }, index) => {
    const found = named.find(([words]) => words.test(key));
    if (fields[index] !== undefined || !found) return;
    const [, field] = found;
    const isTaken = field !== null && fields.includes(field);
    const isOther = field === "respondent" && !areMost(cells, 0.5, (cell) => cell.includes("@"));
    if (!isTaken && !isOther) fields[index] = field;
  });
  give("created_at", ({ key, cells }) => DATE.test(key) && areDates(cells));
  give("created_at", ({ cells }) => cells.length > 0 && areDates(cells) && !areScores(cells, "nps"));
  for (const name of scoreNames)
    give(
      name,
      ({ key, cells }) => key === name || (questionWords[name]?.test(key) && areScores(cells, name, 0.5)) === true,
    );
  for (const name of scoreNames)
    give(
      name,
      ({ key, cells }) =>
        cells.length > 0 && SCORE.test(key) && areScores(cells, name, 0.5) && questionOf(cells) === name,
    );
  columns.forEach(({ key, cells }, index) => {
    if (fields[index] === undefined && COMMENT.test(key) && !areScores(cells, "nps", 1)) fields[index] = "comment";
  });
  if (!fields.includes("comment")) give("comment", ({ cells }) => isProse(cells));
  return withProperties(columns, fields);
}

/** The fields, and a property for each column that has none yet. */
export function withProperties(
  columns: readonly { header: string; cells: readonly string[] }[],
  fields: readonly (ImportField | null | undefined)[],
): (ImportField | null)[] {
  const taken = new Set<ImportField>(fields.filter((field) => field?.startsWith("properties.")) as ImportField[]);
  return columns.map(({ header, cells }, index) => {
    const field = fields[index];
    if (field !== undefined) return field;
    const property = propertyField(header);
    const isShort = cells.every((cell) => characters(cell) <= limits.propertyValueCharacters);
    if (property === null || taken.has(property) || taken.size >= limits.properties || !isShort) return null;
    taken.add(property);
    return property;
  });
}

/** Most of the cells: a file may hold a few bad ones, and each of them is refused with its line. */
function areMost(cells: readonly string[], least: number, test: (cell: string) => boolean): boolean {
  return cells.filter(test).length >= cells.length * least;
}

function areDates(cells: readonly string[]): boolean {
  return areMost(
    cells,
    0.8,
    (cell) => "moment" in readMoment(cell, "day_first") || "moment" in readMoment(cell, "month_first"),
  );
}

/** Whether the cells are scores of the question. */
export function areScores(cells: readonly string[], name: ScoreName, least = 0.8): boolean {
  const [low, high] = scoredQuestions[name].scale;
  return areMost(cells, least, (cell) => {
    const read = readScore(cell, name);
    return "score" in read && (read.score === null || (read.score >= low && read.score <= high));
  });
}

/** The question with the smallest scale that all scores are on; the first in the table where they are on none, or there are none. */
export function questionOf(cells: readonly string[]): ScoreName {
  if (cells.length === 0) return scoreNames[0]!;
  const width = (name: ScoreName) => scoredQuestions[name].scale[1] - scoredQuestions[name].scale[0];
  const [smallest] = scoreNames.filter((name) => areScores(cells, name, 1)).sort((a, b) => width(a) - width(b));
  return smallest ?? scoreNames[0]!;
}

function isProse(cells: readonly string[]): boolean {
  const words = cells.reduce((count, cell) => count + cell.split(/\s+/).length, 0);
  return cells.length > 0 && words >= cells.length * 4;
}
