/** One row of a table as lines of an import. */
import type { ScoreName } from "../questions.ts";
import { scoreNames } from "../questions.ts";
import type { ImportLine } from "../schema/import.ts";
import { isBlank } from "../text.ts";
import { readMoment } from "./dates.ts";
import type { ImportField } from "./fields.ts";
import type { ImportPlan } from "./plan.ts";
import { quoted } from "./quoted.ts";
import type { Cell, Cells } from "./row-cells.ts";
import { Fault, first, joined, textsOf } from "./row-cells.ts";
import type { ImportedResponse } from "./row-extras.ts";
import { extrasOf } from "./row-extras.ts";
import { readScore } from "./scores.ts";

/** `fault` says why a row cannot be read, `left_out` why it brings nothing though nothing is wrong with it. */
export type ReadResult = { lines: ImportLine[] } | { fault: string } | { left_out: string };

/** The collector sends no mail itself, and a person whom no mail reaches may still answer on the page. */
export const BOUNCE = "is about an address that no mail reached, which changes nothing here";

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
  const given = new Map<ImportField, Cell[]>();
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

/** Who answered. Of several addresses in a cell it is the first, and without the name that stands before it. */
function respondentOf(given: Cells): string | undefined {
  const text = first(given, "respondent") ?? first(given, "respondent_else");
  return text?.includes("@") ? (/[^\s,;<>]+@[^\s,;<>]+/.exec(text)?.[0] ?? text) : text;
}

function personLines(plan: ImportPlan, given: Cells, respondent: string): ImportLine[] {
  const isSaid = isYes(first(given, "unsubscribed") ?? "");
  // A line of the import itself has one time, whatever it is about.
  const since = isSaid && plan.source === "vidhuk" ? "created_at" : "unsubscribed_at";
  const unsubscribedAt = momentOf(plan, given, since);
  const isUnsubscribed = isSaid || unsubscribedAt !== undefined;
  const askedAt = momentOf(plan, given, "asked_at");
  const created = unsubscribedAt === undefined ? {} : { created_at: unsubscribedAt };
  return [
    ...(isUnsubscribed ? [{ type: "unsubscribe" as const, respondent, ...created }] : []),
    ...(askedAt === undefined ? [] : [{ type: "asked" as const, respondent, asked_at: askedAt }]),
  ];
}

function isYes(text: string): boolean {
  return /^(true|yes|y|1|так|да|unsubscribed?)$/i.test(text);
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

function momentOf(plan: ImportPlan, given: Cells, field: ImportField): string | undefined {
  const cell = given.get(field)?.find(({ text }) => !/^(?:0|null|n\/a|-)$/i.test(text));
  if (cell === undefined) return undefined;
  const read = readMoment(cell.text, plan.dateOrder, cell.isUtc);
  if ("fault" in read) throw new Fault(`${field.replace("_else", "")} ${read.fault}`);
  return read.moment;
}
