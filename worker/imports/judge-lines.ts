/** What each line of an import brings, and what is wrong with those that bring nothing. Asks no database. */
import { isRecord } from "../../shared/is-record.ts";
import { limits } from "../../shared/limits.ts";
import { scoreNames } from "../../shared/questions.ts";
import { mintResponseId } from "../../shared/response-id.ts";
import type { ImportQuery } from "../../shared/schema/import.ts";
import {
  importedContactSchema,
  importedResponseSchema,
  importedUnsubscribeSchema,
} from "../../shared/schema/import.ts";
import { instantOf } from "../../shared/time/calendar.ts";
import type { Channel } from "../../shared/vocabulary.ts";
import type { AskedRow, UnsubscribedRow } from "../db/imports.ts";
import type { StoredSurvey } from "../db/surveys.ts";
import { checked } from "../http/body.ts";
import { Problem } from "../problem.ts";
import { purgedBefore, purgedWords } from "../surveys/purged-before.ts";
import type { ReadLine } from "./read-lines.ts";

/** A response of an import: what its line says, and the id and the instant under which it is stored. */
export type JudgedResponse = {
  line: number;
  id: string;
  createdAt: number;
  scores: Record<(typeof scoreNames)[number], number | null>;
  comment: string | null;
  respondent: string | null;
  properties: Record<string, string | number | boolean | null>;
  tags: string[];
  note: string | null;
  locale: string | null;
  channel: Channel;
};

export type Fault = { line: number; detail: string };

export type Judged = {
  lines: number;
  responses: JudgedResponse[];
  asked: (AskedRow & { line: number })[];
  unsubscribed: (UnsubscribedRow & { line: number })[];
  /** Lines that say the same as an earlier one of the body. */
  repeated: number;
  faults: Fault[];
};

type Context = { survey: StoredSurvey; source: ImportQuery["source"]; now: number };

/** Judges all lines. `now`: the server's clock, by which a time lies in the future. */
export async function judgeLines(lines: readonly ReadLine[], context: Context): Promise<Judged> {
  const judged: Judged = { lines: lines.length, responses: [], asked: [], unsubscribed: [], repeated: 0, faults: [] };
  const known = new Map<string, { line: number; content: string }>();
  const equals = new Map<string, number>();
  for (const line of lines) {
    const detail = "fault" in line ? line.fault : await takeLine(line, { ...context, judged, known, equals });
    if (detail !== null) judged.faults.push({ line: line.line, detail });
  }
  return judged;
}

type Taking = Context & {
  judged: Judged;
  /** The lines by their stored ids. */
  known: Map<string, { line: number; content: string }>;
  /** How often a content came in lines without an id. */
  equals: Map<string, number>;
};

/** Adds what the line brings. Returns what is wrong with it, or null. */
async function takeLine({ line, value }: { line: number; value: unknown }, taking: Taking): Promise<string | null> {
  try {
    const kind = isRecord(value) ? (value.type ?? "response") : "response";
    if (kind === "unsubscribe") takeUnsubscribe(line, checked(value, importedUnsubscribeSchema), taking);
    else if (kind === "asked") await takeAsked(line, checked(value, importedContactSchema), taking);
    else if (kind === "response") await takeResponse(line, checked(value, importedResponseSchema), taking);
    else return 'has a `type` that is none of "response", "unsubscribe" and "asked"';
    return null;
  } catch (error) {
    if (error instanceof Problem) return sentenceOf(error);
    throw error;
  }
}

function takeUnsubscribe(
  line: number,
  { respondent, created_at }: ReturnType<typeof importedUnsubscribeSchema.parse>,
  { judged, ...context }: Taking,
): void {
  const at = created_at ? momentOf("created_at", created_at, context) : context.now;
  judged.unsubscribed.push({ line, respondent_id: respondent, created_at: at });
}

async function takeAsked(
  line: number,
  { respondent, asked_at }: ReturnType<typeof importedContactSchema.parse>,
  { judged, ...context }: Taking,
): Promise<void> {
  if (context.survey.settings.anonymous)
    throw refused("names a person who was asked, and the survey is `anonymous`: it keeps nothing about a person");
  const at = momentOf("asked_at", asked_at, context);
  const id = mintResponseId(at, await digest(`asked\n${respondent}`));
  judged.asked.push({ line, id, respondent_id: respondent, asked_at: at });
}

async function takeResponse(
  line: number,
  { id: given, type: _, ...sent }: ReturnType<typeof importedResponseSchema.parse>,
  { judged, known, equals, ...context }: Taking,
): Promise<void> {
  const createdAt = momentOf("created_at", sent.created_at, context);
  const purged = purgedBefore(context.survey, context.now);
  if (createdAt < purged) throw refused(`created_at ${purgedWords(purged)}`);
  const scores = Object.fromEntries(scoreNames.map((name) => [name, sent[name] ?? null])) as JudgedResponse["scores"];
  const comment = sent.comment || null;
  if (comment === null && scoreNames.every((name) => scores[name] === null)) throw new Problem("no_answer");
  const answers = {
    scores,
    comment,
    respondent: sent.respondent ?? null,
    properties: sorted(sent.properties ?? {}),
    tags: sent.tags ?? [],
    note: sent.note || null,
    locale: sent.locale ?? null,
    channel: sent.channel ?? "import",
  } satisfies Partial<JudgedResponse>;
  const content = JSON.stringify([createdAt, answers]);
  const nth = equals.get(content) ?? 0;
  if (!given) equals.set(content, nth + 1);
  const name = given ? `id\n${given}` : `content\n${content}\n${nth}`;
  const id = mintResponseId(createdAt, await digest(`${context.source}\n${name}`));
  const before = known.get(given ? name : id);
  if (before && before.content !== content) throw refused(`has the id of line ${before.line}, and says something else`);
  known.set(given ? name : id, before ?? { line, content });
  if (before) judged.repeated++;
  else judged.responses.push({ line, id, createdAt, ...answers });
}

/** The instant, which must lie between 1970 and now. */
function momentOf(field: string, text: string, { survey, now }: Context): number {
  const instant = instantOf(text, survey.settings.timezone);
  if (instant === null)
    throw refused(`${field} must be an instant, a local date-time or a day, as 2026-11-22T09:30:00Z or 2026-11-22`);
  if (instant < 0) throw refused(`${field} lies before 1970`);
  if (instant > now + limits.clockAheadMinutes * 60_000) throw refused(`${field} lies in the future`);
  return instant;
}

function refused(detail: string): Problem {
  return new Problem("invalid", { detail });
}

/** What is wrong, in one sentence part for each fault. */
export function sentenceOf({ code, extra }: Problem): string {
  if (code === "no_answer") return "has neither a score nor a comment";
  if (extra.detail) return extra.detail;
  return (extra.errors ?? []).map(({ pointer, detail }) => `${pointer.slice(1)} ${detail}`.trim()).join("; ");
}

function sorted<Value>(record: Record<string, Value>): Record<string, Value> {
  return Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Ten bytes that stand for the text. */
async function digest(text: string): Promise<Uint8Array> {
  const hash = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(`import\n${text}`));
  return new Uint8Array(hash, 0, 10);
}
