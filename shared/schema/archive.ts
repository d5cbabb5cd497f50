/** The lines of `GET /v1/surveys/:survey/archive`, which an import takes back: what is stored of a survey, as it is stored. */
import * as z from "zod";
import { answerCounters } from "../cases.ts";
import { limits } from "../limits.ts";
import type { ScoreName } from "../questions.ts";
import { scoredQuestions, scoreNames, scoresOf } from "../questions.ts";
import { channels, statuses } from "../vocabulary.ts";
import { respondentIdSchema, responseIdSchema, scoreSchemas } from "./response.ts";
import { surveySettingsSchema } from "./survey.ts";
import { textUpTo } from "./text.ts";

/** The form of the lines; one that this collector does not know is refused. */
export const ARCHIVE_VERSION = 1;

const instant = z.int().min(0);
const day = z.iso.date();
const yes = z.union([z.literal(0), z.literal(1)]);
const count = z.int();
/** The row's place in the archive, from 1: so the import notices that a part has not come. */
const place = z.int().min(1);
/** `most` characters, of which each may take two places in a string of JavaScript. */
const text = (most: number) => z.string().max(2 * most);

/** A text that holds JSON of the shape. */
function json(shape: z.ZodType) {
  return z.string().refine((held) => shape.safeParse(parsed(held)).success, { error: "must be JSON of its shape" });
}

function parsed(held: string): unknown {
  try {
    return JSON.parse(held);
  } catch {
    return undefined;
  }
}

const flat = z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]));
const texts = z.record(z.string(), z.string());
const list = z.array(z.string());

const scores = Object.fromEntries(scoreNames.map((name) => [name, scoreSchemas[name].nullable()])) as Record<
  ScoreName,
  z.ZodNullable<z.ZodInt>
>;

/** A response's columns. The hash of its secret stays where it was made: it is of no use elsewhere. */
const responseRow = z.strictObject({
  type: z.literal("stored_response"),
  n: place,
  id: responseIdSchema,
  created_at: instant,
  day,
  received_at: instant,
  updated_at: instant,
  updated_day: day,
  rev: count.nullable(),
  ...scores,
  comment: textUpTo(limits.commentCharacters).nullable(),
  comment_at: instant.nullable(),
  folded: z.string().nullable(),
  respondent_id: respondentIdSchema.nullable(),
  respondent_verified: yes,
  properties: json(flat),
  segments: json(texts),
  locale: text(limits.localeCharacters).nullable(),
  language: text(limits.localeCharacters).nullable(),
  device: z.string().nullable(),
  page: text(limits.pageCharacters).nullable(),
  channel: z.enum(channels),
  flags: json(list),
  tags: json(list),
  status: z.enum(statuses),
  note: textUpTo(limits.commentCharacters).nullable(),
  excluded: yes,
  sealed: yes,
  // Of an archive that an earlier version wrote: nothing is known of them.
  assignee: textUpTo(limits.assigneeCharacters).nullable().default(null),
  replied_at: instant.nullable().default(null),
  resolved_at: instant.nullable().default(null),
});

const invitationRow = z.strictObject({
  type: z.literal("stored_invitation"),
  n: place,
  id: responseIdSchema,
  respondent_id: respondentIdSchema,
  language: z.string().nullable(),
  properties: json(flat),
  confirm: z.string().nullable(),
  created_at: instant,
  expires_at: instant,
  revoked_at: instant.nullable(),
  mailing: z.string(),
});

const unsubscribeRow = z.strictObject({
  type: z.literal("stored_unsubscribe"),
  n: place,
  respondent_id: respondentIdSchema,
  source: z.enum(["link", "api"]),
  created_at: instant,
});

/** By a keyed hash in place of the name: the person was erased. Only the collector that made the hash can tell who it is. */
const unnamedUnsubscribeRow = z.strictObject({
  type: z.literal("unnamed_unsubscribe"),
  n: place,
  respondent_hash: z.string().max(100),
  source: z.enum(["link", "api"]),
  created_at: instant,
});

const segmentValue = z.strictObject({
  type: z.literal("segment_value"),
  n: place,
  segment: z.string(),
  value: z.string(),
});

/** A value that an erasure is taking out of the counters: the job goes on with it. */
const foldingValue = z.strictObject({
  type: z.literal("folding_value"),
  n: place,
  segment: z.string(),
  value: z.string(),
  remaining: count,
  after: z.string().max(40),
});

const counters = Object.fromEntries(
  [
    ...scoreNames.flatMap((name) => scoresOf[name].map((score) => `${name}_${score}`)),
    ...["responses", "in_page", "comments", "shown", "dismissed", "changes"],
  ].map((name) => [name, count]),
);

const rollupRow = z
  .strictObject({
    type: z.literal("rollup"),
    n: place,
    segment: z.string(),
    day,
    value: z.string(),
    ...counters,
    unhappy: count.optional(),
  })
  .transform((row) => ({ ...row, unhappy: row.unhappy ?? leastUnhappy(row) }));

/** In an archive that an earlier version wrote: at least so many were unhappy, by the scores that were given. */
function leastUnhappy(row: Record<string, unknown>): number {
  if (row.segment !== "") return 0;
  const each = scoreNames.map((name) => {
    const [low, high] = scoredQuestions[name].bands.at(-1)!.scores;
    const given = scoresOf[name].filter((score) => score >= low && score <= high);
    return given.reduce((sum, score) => sum + Number(row[`${name}_${score}`]), 0);
  });
  return Math.max(...each);
}

const answeredDay = z.strictObject({
  type: z.literal("answered_day"),
  n: place,
  day,
  ...Object.fromEntries(answerCounters.map((name) => [name, count])),
});

/** Lines that are rows of tables, by their types. */
export const archivedRows = {
  stored_response: responseRow,
  stored_invitation: invitationRow,
  stored_unsubscribe: unsubscribeRow,
  unnamed_unsubscribe: unnamedUnsubscribeRow,
  segment_value: segmentValue,
  rollup: rollupRow,
  answered_day: answeredDay,
  folding_value: foldingValue,
};
export type ArchivedKind = keyof typeof archivedRows;

/** The first line. `archive` names it: a part of another archive is refused. */
export const archiveHeadSchema = z.strictObject({
  type: z.literal("archive"),
  version: z.literal(ARCHIVE_VERSION, { error: `must be ${ARCHIVE_VERSION}: another collector wrote the archive` }),
  archive: z.string().max(80),
  survey: z.string(),
  schema: z.string(),
  first_open_day: z.union([day, z.literal("")]),
  purged_before: z.int().min(0),
  /** What a job is still filling in for the past; null where it has done all. */
  filling: z
    .strictObject({ segments: z.array(z.string()), after: z.string().max(40), done: count, of: count.nullable() })
    .nullable(),
  settings: surveySettingsSchema,
});
export type ArchiveHead = z.output<typeof archiveHeadSchema>;

/** The last line: nothing is missing. `rows`: how many rows the archive has. */
export const archiveEndSchema = z.strictObject({
  type: z.literal("end"),
  archive: z.string().max(80),
  rows: z.int().min(0),
});

/** In place of the end where one request was not enough: `?cursor=` goes on. It tells the import nothing. */
export const archiveNextSchema = z.strictObject({ type: z.literal("next"), cursor: z.string() });

/** The types of an archive's lines. */
export const archiveTypes: readonly string[] = ["archive", ...Object.keys(archivedRows), "end", "next"];

export const archiveQuerySchema = z.strictObject({ cursor: z.string().optional() });
