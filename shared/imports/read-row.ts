/** One row of a table as lines of an import. */
import { isRecord } from "../is-record.ts";
import type { ScoreName } from "../questions.ts";
import { scoreNames } from "../questions.ts";
import type { ImportLine } from "../schema/import.ts";
import type { Properties } from "../schema/response.ts";
import { isBlank } from "../text.ts";
import { readMoment } from "./dates.ts";
import type { ImportField } from "./fields.ts";
import { propertyOf } from "./fields.ts";
import { keptProperties, keptTags, localeOf, notesOf } from "./kept.ts";
import type { ImportPlan } from "./plan.ts";
import { quoted } from "./quoted.ts";
import { readScore } from "./scores.ts";

/** `fault` says why a row cannot be read, `left_out` why it brings nothing though nothing is wrong with it. */
export type ReadResult = { lines: ImportLine[] } | { fault: string } | { left_out: string };

type ImportedResponse = Extract<ImportLine, { nps?: unknown }>;

/** Why a row is refused. */
class Fault extends Error {}

/** The collector sends no mail itself, and a person whom no mail reaches may still answer on the page. */
export const BOUNCE = "is about an address that no mail reached, which changes nothing here";

/** `isUtc`: the name of the column says so. */
type Cell = { text: string; isUtc: boolean };
type Cells = Map<ImportField, Cell[]>;

/**
 * Reads a row by its plan. What is known of the person, an unsubscribe or when they were last asked, comes before the answer.
 * What the collector judges is not judged here: whether a score is on its scale, or a date in the future. Values of
 * properties, and tags, are cut to what the collector keeps. Lines without an `id` are told apart by their content alone, so
 * whoever sends a file in several parts gives equal ones an id.
 */
export function readRow(plan: ImportPlan, cells: readonly string[]): ReadResult {
  if (cells.every((cell) => isBlank(cell))) return { left_out: "is empty" };
  if (cells.slice(plan.columns.length).some((cell) => !isBlank(cell)))
    return { fault: `has ${cells.length} cells where the first row has ${plan.columns.length}` };
  const given: Cells = new Map();
  plan.columns.forEach(({ header, field }, index) => {
    const text = cells[index]?.trim() ?? "";
    if (field === null || isBlank(text)) return;
    given.set(field, [...(given.get(field) ?? []), { text, isUtc: /\butc\b/i.test(header) }]);
  });
  try {
    return linesOf(plan, given);
  } catch (error) {
    if (error instanceof Fault) return { fault: error.message };
    throw error;
  }
}

function linesOf(plan: ImportPlan, given: Cells): ReadResult {
  const respondent = respondentOf(given);
  const person = respondent === undefined ? [] : personLines(plan, given, respondent);
  const answer = given.has("bounced_at") ? { left_out: BOUNCE } : answerOf(plan, given, respondent);
  if ("line" in answer) return { lines: [...person, answer.line] };
  return person.length > 0 ? { lines: person } : answer;
}

function answerOf(
  plan: ImportPlan,
  given: Cells,
  respondent: string | undefined,
): { line: ImportedResponse } | { left_out: string } {
  if ((given.get("excluded") ?? []).some(({ text }) => isYes(text)))
    return { left_out: "is not counted by the product itself" };
  const type = first(given, "survey_type");
  const asked = type === undefined ? scoreNames[0] : questionIn(type);
  if (asked === null && given.has("score")) return { left_out: `answers a question of the type ${quoted(type ?? "")}` };
  const { scores, said } = scoresOf(given, asked);
  const comment = joined(textsOf(given, "comment"), "\n\n") || said;
  if (!comment && Object.keys(scores).length === 0) return { left_out: "has neither a score nor a comment" };
  const created = momentOf(plan, given, "created_at") ?? momentOf(plan, given, "created_at_else");
  if (created === undefined) throw new Fault("has no date");
  const id = first(given, "id");
  return {
    line: {
      ...(id === undefined ? {} : { id }),
      created_at: created,
      ...scores,
      ...(comment ? { comment } : {}),
      ...(respondent === undefined ? {} : { respondent }),
      ...extrasOf(given),
    },
  };
}

/** Who answered. Of several addresses in a cell it is the first. */
function respondentOf(given: Cells): string | undefined {
  const text = first(given, "respondent") ?? first(given, "respondent_else");
  return text?.includes("@") ? text.split(/[,;\s]+/)[0] : text;
}

function personLines(plan: ImportPlan, given: Cells, respondent: string): ImportLine[] {
  const unsubscribedAt = momentOf(plan, given, "unsubscribed_at");
  const isUnsubscribed = unsubscribedAt !== undefined || isYes(first(given, "unsubscribed") ?? "");
  const askedAt = momentOf(plan, given, "asked_at");
  const created = unsubscribedAt === undefined ? {} : { created_at: unsubscribedAt };
  return [
    ...(isUnsubscribed ? [{ type: "unsubscribe" as const, respondent, ...created }] : []),
    ...(askedAt === undefined ? [] : [{ type: "asked" as const, respondent, asked_at: askedAt }]),
  ];
}

function isYes(text: string): boolean {
  return /^(true|yes|y|1|так|да|unsubscribed)$/i.test(text);
}

/** The scores by question, and words that stand beside one. `asked`: which question the column `score` answers. */
function scoresOf(given: Cells, asked: ScoreName | null | undefined) {
  const scores: Partial<Record<ScoreName, number>> = {};
  let said: string | undefined;
  for (const name of scoreNames) {
    const text = first(given, name) ?? (asked === name ? first(given, "score") : undefined);
    if (text === undefined) continue;
    const read = readScore(text, name);
    if ("fault" in read) throw new Fault(`${name} ${read.fault}`);
    if (read.score !== null) scores[name] = read.score;
    said ??= read.said;
  }
  return { scores, said };
}

/** The question that a product's word for its kind of survey means; null for one that is not asked here. */
export function questionIn(type: string): ScoreName | null {
  const word = type.toLowerCase();
  if (/\be?nps\b|promoter/.test(word)) return "nps";
  return scoreNames.find((name) => word === name) ?? (/satisfaction/.test(word) ? "csat" : null);
}

function extrasOf(given: Cells): Partial<ImportedResponse> {
  const properties = propertiesOf(given);
  const tags = keptTags(textsOf(given, "tags").flatMap(tagsIn));
  const note = joined(textsOf(given, "note").map(noteIn), "\n");
  const locale = localeOf(first(given, "locale"));
  const channel = first(given, "channel");
  return {
    ...(Object.keys(properties).length > 0 ? { properties } : {}),
    ...(tags.length > 0 ? { tags } : {}),
    ...(note ? { note } : {}),
    ...(locale === undefined ? {} : { locale }),
    ...(channel === undefined ? {} : { channel: channel as "import" }),
  };
}

function propertiesOf(given: Cells): Properties {
  const columns = [...given].flatMap(([field, [cell]]) => {
    const name = propertyOf(field);
    return name === null ? [] : [[name, cell?.text] as const];
  });
  const packed = first(given, "properties");
  return keptProperties([...columns, ...(packed === undefined ? [] : pairsIn(packed))]);
}

/** The names and values of an object of JSON, or of a list of objects with a `label` or `name` and a `value`. */
function pairsIn(text: string): [name: string, value: unknown][] {
  const found = jsonIn(text);
  if (isRecord(found)) return Object.entries(found);
  if (Array.isArray(found))
    return found.filter(isRecord).map((each) => [String(each.label ?? each.name ?? ""), each.value]);
  throw new Fault(`properties are ${quoted(text)}, which is no object of JSON`);
}

function tagsIn(text: string): string[] {
  const list = text.startsWith("[") ? jsonIn(text) : undefined;
  return Array.isArray(list)
    ? list.map((tag) => String(isRecord(tag) ? (tag.name ?? tag.value ?? "") : tag))
    : text.split(/[,;]/);
}

/** The texts of notes that came as JSON, as an API lists them; any other text is the note itself. */
function noteIn(text: string): string {
  const list = text.startsWith("[") ? jsonIn(text) : undefined;
  return Array.isArray(list) ? notesOf(list) : text;
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function momentOf(plan: ImportPlan, given: Cells, field: ImportField): string | undefined {
  const cell = given.get(field)?.find(({ text }) => !/^(?:0|null|n\/a|-)$/i.test(text));
  if (cell === undefined) return undefined;
  const read = readMoment(cell.text, plan.dateOrder, cell.isUtc);
  if ("fault" in read) throw new Fault(`${field.replace("_else", "")} ${read.fault}`);
  return read.moment;
}

function first(given: Cells, field: ImportField): string | undefined {
  return given.get(field)?.[0]?.text;
}

function textsOf(given: Cells, field: ImportField): string[] {
  return (given.get(field) ?? []).map(({ text }) => text);
}

/** The texts, each once. */
function joined(texts: readonly string[], separator: string): string {
  return [...new Set(texts)].filter(Boolean).join(separator);
}
