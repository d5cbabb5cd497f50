/** What Delighted's clients write, as a response of ours: through the same door as every other response. */
import type { Context } from "hono";
import { limits } from "../../shared/limits.ts";
import { scoredQuestions } from "../../shared/questions.ts";
import { mintResponseId } from "../../shared/response-id.ts";
import type { ChangedDelightedResponse, NewDelightedResponse } from "../../shared/schema/delighted.ts";
import type { Properties } from "../../shared/schema/response.ts";
import { propertiesSchema } from "../../shared/schema/response.ts";
import type { ItemRow } from "../db/response-items.ts";
import { findResponseItem, patchResponse } from "../db/response-items.ts";
import type { StoredSurvey } from "../db/surveys.ts";
import type { App } from "../env.ts";
import { actOf, recorded } from "../http/audit.ts";
import { checked } from "../http/body.ts";
import { deliverInBackground } from "../http/webhooks.ts";
import { invalid, Problem } from "../problem.ts";
import { hashRespondents } from "../respondents/respondent-hash.ts";
import type { Collected } from "../responses/collect.ts";
import { collectResponse } from "../responses/collect.ts";
import { today } from "../surveys/booking-day.ts";
import { purgedBefore, purgedWords } from "../surveys/purged-before.ts";
import { mainQuestion } from "./responses.ts";

/**
 * Stores a response of a person. One with a `created_at` gets its id from its contents, so that the same call again stores nothing:
 * `created` is false then. Throws `invalid`, and what `collectResponse` throws.
 */
export async function createDelighted(
  c: Context<App>,
  survey: StoredSurvey,
  sent: NewDelightedResponse,
): Promise<{ row: ItemRow; created: boolean }> {
  const { now } = c.var;
  const name = scored(survey);
  mustBeOnScale(survey, sent.score);
  const createdAt = sent.created_at ?? now;
  if (createdAt > now + limits.clockAheadMinutes * 60_000) throw invalid("/created_at", "must not be in the future");
  const purged = purgedBefore(survey, now);
  if (createdAt < purged) throw invalid("/created_at", purgedWords(purged));
  const id = sent.created_at === undefined ? anyId(now) : await idOf(c, survey.id, sent, createdAt);
  const { outcome } = await collect(c, survey, id, Math.min(createdAt, now), {
    [name]: sent.score,
    ...(sent.comment && { comment: sent.comment }),
    respondent: { id: sent.person },
    ...(sent.person_properties && { properties: sent.person_properties }),
  });
  await annotate(c, survey, id, sent);
  return { row: await mustFind(c, survey, id), created: outcome === "created" };
}

/**
 * Changes a response. What a person answered on a page or by a link is theirs: then tags and notes can be changed, and a change of
 * the answer is refused with `not_yours`.
 */
export async function changeDelighted(
  c: Context<App>,
  survey: StoredSurvey,
  id: string,
  sent: ChangedDelightedResponse,
): Promise<ItemRow> {
  const row = await mustFind(c, survey, id);
  const properties = sent.person_properties && merged(JSON.parse(row.properties), sent.person_properties);
  const name = scored(survey);
  const changes = {
    ...(sent.score != null && sent.score !== row[name] && { [name]: sent.score }),
    ...(sent.comment !== undefined && (sent.comment ?? "") !== (row.comment ?? "") && { comment: sent.comment ?? "" }),
    ...(properties && JSON.stringify(properties) !== row.properties && { properties }),
    ...(sent.person != null && isOther(sent.person, row) && { respondent: { id: sent.person } }),
  };
  if (Object.keys(changes).length > 0) {
    if (sent.score != null) mustBeOnScale(survey, sent.score);
    if (row.channel !== "api" && row.channel !== "import") throw theirs();
    await collect(c, survey, id, row.created_at, changes).catch((error: unknown) => {
      // A server sent it with a secret of its own.
      throw error instanceof Problem && error.code === "not_yours" ? theirs() : error;
    });
  }
  await annotate(c, survey, id, sent);
  return mustFind(c, survey, id);
}

function theirs(): Problem {
  return new Problem("not_yours", {
    detail: "The person sent this answer themselves, so it stays as they sent it. Tags and notes can be changed.",
  });
}

/** The response, or `not_found`; `erased` where nothing but its scores is left. */
export async function mustFind(c: Context<App>, survey: StoredSurvey, id: string): Promise<ItemRow> {
  const row = await findResponseItem(c.var.store, survey.id, id);
  if (!row) throw new Problem("not_found", { detail: "The survey has no response with this id." });
  if (row.sealed === 1) throw new Problem("erased");
  return row;
}

type Answers = Omit<Parameters<typeof collectResponse>[1], "survey" | "id">;

async function collect(
  c: Context<App>,
  survey: StoredSurvey,
  id: string,
  createdAt: number,
  answers: Answers,
): Promise<Collected> {
  const collected = await collectResponse(
    c.var.store,
    { survey: survey.id, id, ...answers },
    {
      channel: "api",
      device: null,
      verified: true,
      flags: [],
      trusted: true,
      createdAt,
      // Delighted let a response be changed at any time.
      amendableUntil: c.var.now,
      finished: true,
      act: actOf(c, { survey: survey.id, target: id }),
    },
    c.var.now,
  );
  if (collected.hasWebhooks) await deliverInBackground(c, survey.id);
  return collected;
}

/** Sets tags and note where the body has them. */
async function annotate(
  c: Context<App>,
  survey: StoredSurvey,
  id: string,
  { tags, notes }: Pick<ChangedDelightedResponse, "tags" | "notes">,
): Promise<void> {
  if (tags === undefined && notes === undefined) return;
  const patch = { ...(tags && { tags }), ...(notes !== undefined && { note: notes }) };
  const store = recorded(c, { survey: survey.id, target: id, detail: Object.keys(patch).sort() });
  const { now } = c.var;
  await patchResponse(store, survey.id, id, patch, { now, day: today(survey, now) });
}

function scored(survey: StoredSurvey) {
  const name = mainQuestion(survey.settings);
  if (name === null) throw invalid("/score", "cannot be stored: the survey asks for words alone");
  return name;
}

function mustBeOnScale(survey: StoredSurvey, score: number): void {
  const [low, high] = scoredQuestions[scored(survey)].scale;
  if (score < low || score > high) throw invalid("/score", `must be a whole number from ${low} to ${high}`);
}

/** The person whom a client sends back for a response without one is not another person. */
function isOther(person: string, row: ItemRow): boolean {
  return person !== row.respondent_id && !person.startsWith("response:");
}

/** Properties that are null go, those that are not named stay. Throws `invalid` where this makes too many. */
function merged(stored: Properties, sent: Properties): Properties {
  const all = Object.entries({ ...stored, ...sent }).filter(([, value]) => value !== null);
  return checked(Object.fromEntries(all), propertiesSchema);
}

function anyId(now: number): string {
  return mintResponseId(now, crypto.getRandomValues(new Uint8Array(10)));
}

/**
 * An id with the time of the answer, the rest of which is a hash of the survey and of what was answered by whom. The person is
 * hashed with this collector's own secret, so that nobody can find out by an id whose answer it is, or was before an erasure.
 */
async function idOf(c: Context<App>, survey: string, sent: NewDelightedResponse, createdAt: number): Promise<string> {
  const { person, score, comment = null, person_properties: properties = null } = sent;
  const [whose] = await hashRespondents(c.var.store, [person]);
  const text = JSON.stringify(["delighted", survey, whose, createdAt, score, comment, properties]);
  const hash = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return mintResponseId(createdAt, new Uint8Array(hash).slice(0, 10));
}
