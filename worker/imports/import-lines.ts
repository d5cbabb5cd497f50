/** An import: judges all lines of a body, then stores what they bring. Nothing is stored before the last line was judged. */
import { foldText } from "../../shared/comments/fold.ts";
import { languageOf } from "../../shared/languages.ts";
import { limits } from "../../shared/limits.ts";
import { scoresIn, scoresOf } from "../../shared/questions.ts";
import type { ImportQuery, ImportReply } from "../../shared/schema/import.ts";
import { dayInZone } from "../../shared/time/calendar.ts";
import { restorePart } from "../archive/restore.ts";
import type { Counts } from "../db/counts.ts";
import { addCounts, countsByScore, noCounts } from "../db/counts.ts";
import type { ImportedRow } from "../db/imports.ts";
import {
  insertAsked,
  insertRows,
  insertUnsubscribes,
  listAskedBefore,
  listStoredBefore,
  listUnsubscribedBefore,
} from "../db/imports.ts";
import { sumTotals } from "../db/rollups.ts";
import { foldAllSegments } from "../db/segment-values.ts";
import type { Store } from "../db/store.ts";
import type { StoredSurvey } from "../db/surveys.ts";
import { findSurvey, mustBeWhole } from "../db/surveys.ts";
import { scored } from "../metrics/series.ts";
import { Problem } from "../problem.ts";
import { anonymised } from "../responses/anonymise.ts";
import { countedSegments } from "../responses/counted-segments.ts";
import { topicSegments } from "../responses/topic-segments.ts";
import { today } from "../surveys/booking-day.ts";
import { chunksOf } from "./chunks.ts";
import type { Judged, JudgedResponse } from "./judge-lines.ts";
import { judgeLines } from "./judge-lines.ts";
import type { ReadLine } from "./read-lines.ts";

/** `act`: the store by which the first write is recorded in the log. */
type Stores = { store: Store; act: Store };

/** `isClean`: no line was refused, or those that were are left out as `skip_invalid` says, or nothing was to be stored. */
type Imported = { isClean: boolean; reply: ImportReply };

/**
 * Imports the lines. Where some are refused and `skip_invalid` was not said, or in a dry run, nothing is stored and the reply
 * says what would be.
 */
export async function importLines(
  stores: Stores,
  survey: StoredSurvey,
  lines: readonly ReadLine[],
  query: ImportQuery,
  now: number,
): Promise<Imported> {
  const { store } = stores;
  mustBeWhole(survey);
  const judged = await judgeLines(lines, { survey, source: query.source, now });
  const before = await sumTotals(store, survey.id);
  const news = await newsOf(store, survey, judged);
  const isClean = query.dry_run || judged.faults.length === 0 || query.skip_invalid;
  const isStored = isClean && !query.dry_run;
  if (isStored) await storeNews(stores, survey, news, now);
  const after = isStored ? await sumTotals(store, survey.id) : addCounts([before, countsOf(news.responses)]);
  const created = news.responses.length + news.asked.length + news.unsubscribed.length;
  const repeated = judged.lines - created - judged.faults.length;
  return { isClean, reply: replyOf(survey, { lines, created, repeated, faults: judged.faults, before, after }) };
}

/** Takes a part of an archive back. A faulty line keeps the part from being stored, whatever the query says. */
export async function importArchive(
  stores: Stores,
  survey: StoredSurvey,
  lines: readonly ReadLine[],
  { dry_run }: ImportQuery,
  now: number,
): Promise<Imported> {
  const before = await sumTotals(stores.store, survey.id);
  const part = await restorePart(stores, survey, lines, { dry_run, now });
  const after = await sumTotals(stores.store, survey.id);
  const isClean = dry_run || part.faults.length === 0;
  return { isClean, reply: replyOf(survey, { lines, ...part, before, after }) };
}

type Outcome = {
  lines: readonly ReadLine[];
  created: number;
  repeated: number;
  faults: Judged["faults"];
  before: Counts;
  after: Counts;
};

function replyOf(survey: StoredSurvey, { lines, created, repeated, faults, before, after }: Outcome): ImportReply {
  const asked = scoresIn(survey.settings.questions);
  const figures = (counts: Counts) => {
    const { comments: _, ...shown } = scored(counts, asked);
    return shown;
  };
  return {
    lines: lines.length,
    created,
    repeated,
    refused: faults.toSorted((a, b) => a.line - b.line).slice(0, limits.importRefusals),
    refused_total: faults.length,
    before: figures(before),
    after: figures(after),
  };
}

type News = Pick<Judged, "responses" | "asked" | "unsubscribed">;

/** What is not stored yet. A line with the id of a stored response that says something else becomes a fault. */
async function newsOf(store: Store, survey: StoredSurvey, judged: Judged): Promise<News> {
  const { id, settings } = survey;
  const known = new Map<string, boolean>();
  for (const chunk of chunksOf(judged.responses.map((response) => rowOf(response, survey, {}))))
    for (const { id, sealed, differs } of await listStoredBefore(store, survey.id, chunk, settings.anonymous))
      known.set(id, sealed === 0 && differs === 1);
  for (const { line, id } of judged.responses.filter((response) => known.get(response.id)))
    judged.faults.push({ line, detail: `has the id of a stored response (${id}) that says something else` });
  const responses = judged.responses.filter((response) => !known.has(response.id));
  const asked = newest(judged.asked);
  const unsubscribed = [...new Map(judged.unsubscribed.toReversed().map((row) => [row.respondent_id, row])).values()];
  return {
    responses,
    asked: await without(asked, (rows) => listAskedBefore(store, id, rows)),
    unsubscribed: await without(unsubscribed, (rows) => listUnsubscribedBefore(store, id, rows)),
  };
}

/** The latest of each person. */
function newest(all: Judged["asked"]): Judged["asked"] {
  const byPerson = Map.groupBy(all, ({ respondent_id }) => respondent_id);
  return [...byPerson.values()].map((own) => own.reduce((a, b) => (b.asked_at > a.asked_at ? b : a)));
}

/** The rows without those of which `listPlaces` finds the places among the rows that it is given. */
async function without<Row>(rows: Row[], listPlaces: (rows: Row[]) => Promise<number[]>): Promise<Row[]> {
  const found: Row[] = [];
  for (const chunk of chunksOf(rows)) {
    const known = new Set(await listPlaces(chunk));
    found.push(...chunk.filter((_, at) => !known.has(at)));
  }
  return found;
}

/** People who are not to be asked come first, so that nobody is asked while the answers are being stored. */
async function storeNews({ store, act }: Stores, survey: StoredSurvey, news: News, now: number): Promise<void> {
  let recording = act;
  let current = survey;
  const write = async (rows: number, insert: (into: Store, current: StoredSurvey) => Promise<number>) => {
    current = await atOneVersion(store, current, rows, (as) => insert(recording, as));
    recording = store;
  };
  for (const chunk of chunksOf(news.unsubscribed))
    await write(chunk.length, (into, as) => insertUnsubscribes(into, targetOf(as), chunk));
  for (const chunk of chunksOf(news.asked))
    await write(chunk.length, (into, as) => insertAsked(into, targetOf(as), chunk));
  for (const chunk of chunksOf(news.responses))
    await write(chunk.length, async (into, as) => {
      const counted = chunk.map((response) => segmentsOf(response, as));
      const segments = await foldAllSegments(store, as, counted);
      const rows = chunk.map((response, at) =>
        rowOf(response, as, { ...segments[at], ...topicSegments(as.settings, response.comment) }),
      );
      return insertRows(into, targetOf(as), rows, { now, day: today(as, now) });
    });
}

const targetOf = ({ id, version }: StoredSurvey) => ({ survey: id, version });

/** How often a part is written anew because the survey changed meanwhile. */
const MOST_TRIES = 3;

/**
 * Writes a part by the survey as it was last read. Where fewer rows were written than there are, either others have stored them
 * meanwhile, or the survey has changed, and the part is written anew by its new settings. Returns the survey of the last try.
 */
async function atOneVersion(
  store: Store,
  survey: StoredSurvey,
  rows: number,
  write: (survey: StoredSurvey) => Promise<number>,
): Promise<StoredSurvey> {
  let current = survey;
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    if ((await write(current)) === rows) return current;
    const { version } = current;
    const read = await findSurvey(store, current.id);
    if (!read) throw new Problem("unknown_survey");
    if (read.version === version) return current;
    mustBeWhole(read);
    current = read;
  }
  throw new Problem("overloaded", { detail: "The survey changed while the import was being stored; send it again." });
}

/** The segments that the response counts under; of the person's device and page an import knows nothing. */
function segmentsOf(response: JudgedResponse, survey: StoredSurvey): Record<string, string> {
  const { properties, locale } = kept(response, survey);
  const language = languageOf(locale ?? undefined);
  const facts = { properties, channel: response.channel, language, device: null, page: null, test: false };
  return countedSegments(survey.settings, facts);
}

/** What the survey keeps of the person: all, unless it is anonymous. */
function kept({ respondent, properties, locale, id }: JudgedResponse, { id: survey, settings }: StoredSurvey) {
  if (!settings.anonymous) return { respondent, properties, locale };
  const rest = anonymised({ survey, id, properties, ...(locale !== null && { locale }) }, settings.segments);
  return { respondent: null, properties: rest.properties ?? {}, locale: rest.locale ?? null };
}

function rowOf(response: JudgedResponse, survey: StoredSurvey, segments: Record<string, string>): ImportedRow {
  const { respondent, properties, locale } = kept(response, survey);
  const { id, createdAt, scores, comment, tags, note, channel } = response;
  return {
    ...scores,
    id,
    created_at: createdAt,
    day: dayInZone(createdAt, survey.settings.timezone),
    comment,
    folded: comment === null ? null : foldText(comment),
    respondent_id: respondent,
    properties: JSON.stringify(properties),
    segments: JSON.stringify(segments),
    tags: JSON.stringify(tags),
    note,
    locale,
    language: languageOf(locale ?? undefined),
    channel,
  };
}

/** What the responses add to the survey's counters. */
function countsOf(responses: readonly JudgedResponse[]): Counts {
  const counts = countsByScore((name) =>
    scoresOf[name].map((score) => responses.filter(({ scores }) => scores[name] === score).length),
  );
  return { ...noCounts(), ...counts, responses: responses.length };
}
