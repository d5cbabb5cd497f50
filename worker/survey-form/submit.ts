/** A form comes in: stored, or shown again with the reason. */
import type { Context } from "hono";
import { unflagResponse } from "../db/responses.ts";
import type { StoredSurvey } from "../db/surveys.ts";
import { today } from "../db/surveys.ts";
import type { App } from "../env.ts";
import { isAutomated } from "../http/sender-flags.ts";
import { thanksPage } from "../pages/message-page.ts";
import type { Answers } from "../pages/survey-page.ts";
import type { PageTexts } from "../pages/texts/page-texts.ts";
import type { Wording } from "../pages/wording.ts";
import { collectResponse } from "../responses/collect.ts";
import { deviceOf } from "../responses/device.ts";
import type { Sender } from "../responses/sender.ts";
import { answersIn, isAnswered } from "./fields.ts";
import { readStamp } from "./form-token.ts";
import { judgeSender } from "./human-proof.ts";

/** Who answers, as the link tells it. */
export type Answering = {
  survey: StoredSurvey;
  words: Wording;
  channel: "link" | "invitation";
  /** The response that the answer goes to; by default the one that the page's stamp names. */
  id?: string;
  respondent?: { id: string; verified: boolean } | undefined;
  properties?: Record<string, string | number | boolean | null>;
  amendableUntil?: number;
};

/** This page once more, with the scores given and the same stamp: what is sent from there changes the same response. */
function changeUrl(c: Context<App>, fields: URLSearchParams, { nps, csat }: Answers): string {
  const query = new URLSearchParams({ again: fields.get("stamp") ?? "", lang: fields.get("lang") ?? "" });
  if (nps !== undefined) query.set("nps", String(nps));
  if (csat !== undefined) query.set("csat", String(csat));
  const named = fields.get("r");
  if (named) query.set("r", named);
  return `${c.req.path}?${query}`;
}

export type ShowAgain = (note: keyof PageTexts, tick: boolean) => Promise<Response>;

/**
 * Stores the answers under the server's own time and thanks, or writes nothing and shows the page again: after a machine, for
 * an empty form, for a page that was open for days. Throws what `collectResponse` throws.
 */
export async function submitForm(
  c: Context<App>,
  fields: URLSearchParams,
  { survey, words, channel, id, respondent, properties, amendableUntil }: Answering,
  showAgain: ShowAgain,
): Promise<Response> {
  const { store, now } = c.var;
  const stamp = await readStamp(store, survey.id, fields.get("stamp") ?? "", now);
  if (!stamp) return showAgain("stale", false);
  const verdict = judgeSender(fields, now - stamp.madeAt);
  if (!verdict.person) return showAgain("tick_note", true);
  const answers = answersIn(fields, survey.settings.questions);
  if (!isAnswered(answers)) return showAgain("choose_first", fields.has("tick"));
  const agent = c.req.header("User-Agent");
  const sender: Sender = {
    channel,
    device: deviceOf(agent),
    verified: respondent?.verified ?? false,
    flags: isAutomated(agent) ? [...verdict.flags, "automated"] : verdict.flags,
    createdAt: now,
    ...(amendableUntil !== undefined && { amendableUntil }),
  };
  const response = {
    survey: survey.id,
    id: id ?? stamp.id,
    ...answers,
    ...(respondent && { respondent: { id: respondent.id } }),
    ...(properties && { properties }),
    locale: words.language,
  };
  const { created } = await collectResponse(store, response, sender, now);
  // A machine may have been there first: what a proven person sends is no longer its answer.
  if (!created && sender.flags.length === 0)
    await unflagResponse(store, survey.id, response.id, { now, day: today(survey, now) });
  const page = thanksPage(answers, words, survey.settings, changeUrl(c, fields, answers));
  return c.body(page.body, created ? 201 : 200, page.headers);
}
