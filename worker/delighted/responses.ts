/** Responses as Delighted shows them: one score, and what else was answered as additional answers. */
import type { Context } from "hono";
import type { ScoreName } from "../../shared/questions.ts";
import { scoreNames } from "../../shared/questions.ts";
import type { SurveySettings } from "../../shared/schema/survey.ts";
import type { ItemRow } from "../db/response-items.ts";
import type { StoredSurvey } from "../db/surveys.ts";
import type { App } from "../env.ts";
import { publicUrl } from "../http/public-url.ts";
import { wordingFor } from "../pages/wording.ts";
import type { DelightedPerson } from "./people.ts";
import { peopleById, personOf } from "./people.ts";
import { unixTime } from "./unix-time.ts";

export type DelightedResponse = {
  id: string;
  person: string | DelightedPerson;
  survey_type: string;
  score: number | null;
  comment: string | null;
  permalink: string;
  created_at: number;
  updated_at: number;
  person_properties: Record<string, unknown> | null;
  notes: { id: string; text: string; user_email: null; created_at: null }[];
  tags: string[];
  additional_answers: AdditionalAnswer[];
};

type AdditionalAnswer = {
  id: string;
  value: { free_response: null; scale: number; select_one: null; select_many: null };
  question: { id: string; type: "scale"; text: string };
};

/** The question whose score is Delighted's: the first scored one that the survey asks. Null where it asks for words alone. */
export function mainQuestion({ questions }: SurveySettings): ScoreName | null {
  return scoreNames.find((name) => questions.includes(name)) ?? null;
}

/** The rows, in their order. With `expand` a person is an object, which costs one query. */
export async function shownResponses(
  c: Context<App>,
  survey: StoredSurvey,
  rows: readonly ItemRow[],
  expand: readonly string[],
): Promise<DelightedResponse[]> {
  const named = rows.flatMap(({ respondent_id: id }) => (id === null ? [] : [id]));
  const people = expand.includes("person") ? await peopleById(c.var.store, survey.id, named) : null;
  const dashboard = `${publicUrl(c)}/#/s/${survey.id}/comments/`;
  return rows.map((row) => {
    const id = row.respondent_id ?? personWithout(row.id);
    const person = people?.get(id) ?? { ...personOf(id), email: null, phone_number: null };
    return { ...shown(row, survey.settings, dashboard), person: people ? person : id };
  });
}

/** Takes the place of a person's id where the response has none. */
export function personWithout(response: string): string {
  return `response:${response}`;
}

function shown(row: ItemRow, settings: SurveySettings, dashboard: string): Omit<DelightedResponse, "person"> {
  const main = mainQuestion(settings);
  // A response to a question that the survey has stopped asking still has its score.
  const own = main !== null && row[main] !== null ? main : (scoreNames.find((name) => row[name] !== null) ?? main);
  const properties = JSON.parse(row.properties) as Record<string, unknown>;
  return {
    id: row.id,
    survey_type: own ?? "nps",
    score: own && row[own],
    comment: row.comment,
    permalink: dashboard + row.id,
    created_at: unixTime(row.created_at),
    updated_at: unixTime(row.updated_at),
    person_properties: Object.keys(properties).length > 0 ? properties : null,
    notes: row.note === null ? [] : [{ id: `${row.id}-note`, text: row.note, user_email: null, created_at: null }],
    tags: JSON.parse(row.tags),
    additional_answers: scoreNames.flatMap((name) => (name === own ? [] : additional(row, name, settings))),
  };
}

function additional(row: ItemRow, name: ScoreName, settings: SurveySettings): AdditionalAnswer[] {
  const scale = row[name];
  if (scale === null) return [];
  const value = { free_response: null, scale, select_one: null, select_many: null };
  const text = wordingFor([], settings).survey(`${name}_question`);
  return [{ id: `${row.id}-${name}`, value, question: { id: name, type: "scale", text } }];
}
