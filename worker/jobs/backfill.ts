/**
 * Counts stored responses under what their survey declared later: the values of new segments and the topics of old comments. It
 * goes through the responses in order of id, and the triggers count. Each write checks the survey's version, so responses that
 * are stored after the change of settings are right already.
 */
import { foldText } from "../../shared/comments/fold.ts";
import { languageOf } from "../../shared/languages.ts";
import { REST, segmentOfTopic, topicsAmong } from "../../shared/segments.ts";
import type { Backfilled, BackfillRow } from "../db/backfill.ts";
import { advanceBackfill, backfillResponses, listBackfills, listToBackfill } from "../db/backfill.ts";
import { countResponses } from "../db/rollups.ts";
import { foldAllSegments } from "../db/segment-values.ts";
import type { Store } from "../db/store.ts";
import type { StoredSurvey } from "../db/surveys.ts";
import { findSurvey } from "../db/surveys.ts";
import { countedSegments } from "../responses/counted-segments.ts";
import { topicSegments } from "../responses/topic-segments.ts";
import { today } from "../surveys/booking-day.ts";
import type { Done } from "./run.ts";

const CHUNK = 500;
/** Chunks of one run. Each costs six queries, so that all fit into an invocation of the free plan. */
const STEPS = 6;

/** Does a bounded part of the work; the next call goes on. */
export async function backfill(store: Store, now: number): Promise<Done> {
  const [survey] = await listBackfills(store, 1);
  if (survey !== undefined) await backfillSurvey(store, survey, now, STEPS);
  return { done: 0, more: (await listBackfills(store, 1)).length > 0 };
}

/** Does at most `steps` chunks of one survey's backfill, and nothing if the survey has none. */
export async function backfillSurvey(store: Store, id: string, now: number, steps: number): Promise<void> {
  for (let step = 0; step < steps; step++) {
    const survey = await findSurvey(store, id);
    if (!survey?.filling) return;
    await backfillChunk(store, survey, now);
  }
}

async function backfillChunk(store: Store, survey: StoredSurvey, now: number): Promise<void> {
  const filling = survey.filling!;
  const day = today(survey, now);
  const rows = await listToBackfill(store, survey.id, filling.after, CHUNK);
  const filled = await backfilledOf(store, survey, rows);
  const unchanged = filled.length === 0 ? 0 : await backfillResponses(store, survey, filled, day);
  // One of the responses was changed meanwhile, so the next step reads the same chunk again.
  if (unchanged < filled.length) return;
  const next = {
    segments: filling.segments,
    after: rows.at(-1)?.id ?? filling.after,
    done: filling.done + rows.length,
    of: filling.of ?? (await countResponses(store, survey.id)),
  };
  await advanceBackfill(store, { survey: survey.id, from: filling, to: rows.length < CHUNK ? null : next, day });
}

/** The responses that are to be changed, with their new segments and folded text. */
async function backfilledOf(store: Store, survey: StoredSurvey, rows: readonly BackfillRow[]): Promise<Backfilled[]> {
  const stored = rows.map((row) => JSON.parse(row.segments) as Record<string, string>);
  const missing = rows.map((row, index) => missingSegments(survey, row, stored[index]!));
  const added = await foldAllSegments(store, survey, missing);
  return rows.flatMap((row, index) => {
    const kept = { ...stored[index] };
    for (const topic of topicsAmong(kept)) delete kept[segmentOfTopic(topic)];
    const segments = { ...kept, ...added[index], ...topicSegments(survey.settings, row.comment) };
    const folded = row.comment === null ? null : foldText(row.comment);
    if (sameEntries(segments, stored[index]!) && folded === row.folded) return [];
    return [{ id: row.id, seen: row.updated_at, segments: JSON.stringify(segments), folded }];
  });
}

/**
 * The declared segments under which the response has a value and does not count yet. The device is unknown where it was not
 * stored.
 */
function missingSegments(
  survey: StoredSurvey,
  row: BackfillRow,
  stored: Readonly<Record<string, string>>,
): Record<string, string> {
  const all = countedSegments(survey.settings, {
    properties: JSON.parse(row.properties),
    channel: row.channel,
    language: row.language ?? (stored.language === REST ? null : stored.language) ?? languageOf(row.locale),
    device: row.device ?? stored.device ?? null,
    page: row.page,
    test: row.test === 1,
  });
  return Object.fromEntries(Object.entries(all).filter(([name]) => !Object.hasOwn(stored, name)));
}

function sameEntries(a: Readonly<Record<string, string>>, b: Readonly<Record<string, string>>): boolean {
  const names = Object.keys(a);
  return names.length === Object.keys(b).length && names.every((name) => a[name] === b[name]);
}
