/** Handles a form that was sent: stores the answers, or shows the form again with the reason. */

import type { Context } from "hono";
import { limits } from "../../shared/limits.ts";
import { linkParametersOf } from "../../shared/links/link-parameters.ts";
import { scoreNames } from "../../shared/questions.ts";
import type { Properties } from "../../shared/schema/response.ts";
import type { Flag } from "../../shared/vocabulary.ts";
import { unflagResponse } from "../db/responses.ts";
import type { StoredSurvey } from "../db/surveys.ts";
import type { App } from "../env.ts";
import { isAutomated } from "../http/sender-flags.ts";
import { deliverInBackground } from "../http/webhooks.ts";
import { thanksPage } from "../pages/message-page.ts";
import { relativeAddress } from "../pages/relative.ts";
import type { FormAnswers } from "../pages/survey-page.ts";
import type { Wording } from "../pages/wording.ts";
import { Problem } from "../problem.ts";
import type { Collected } from "../responses/collect.ts";
import { collectResponse } from "../responses/collect.ts";
import { deviceOf } from "../responses/device.ts";
import type { Sender } from "../responses/sender.ts";
import { today } from "../surveys/booking-day.ts";
import { answersIn, excessOf, isAnswered } from "./fields.ts";
import { readStamp } from "./form-token.ts";
import { proofOfPerson } from "./human-proof.ts";
import { kioskAnswer } from "./kiosk.ts";
import type { LinkProperties } from "./link-properties.ts";
import { formFieldsOf, propertiesInForm, withLinked } from "./link-properties.ts";

/** Who answers which survey, as the link tells it. */
export type Answering = {
  survey: StoredSurvey;
  /** The path of the page, without a slash at its beginning. */
  path: string;
  words: Wording;
  channel: "link" | "invitation";
  /** The invitation that the answer goes to; by default it goes to the response that the page's stamp stands for. */
  id?: string;
  respondent?: { id: string; verified: boolean } | undefined;
  /** The properties that the invitation was made with: no address overrides them. */
  minted?: Properties;
  amendableUntil?: number;
  /** Whether the page is a tablet's, which may send an answer later and again, and never changes one. */
  kiosk?: { isScript: boolean };
};

/**
 * The fields that ask for this page once more, with the scores given and the same stamp: what is sent from there changes the
 * same response. They are posted, so that the address under which the page is shown lets nobody else change it.
 */
function changeFields(fields: URLSearchParams, answers: FormAnswers, linked: LinkProperties): Record<string, string> {
  const scores = scoreNames.map((name) => [name, answers[name]?.toString()] as const);
  const sent = ["stamp", "lang", "r"].map((name) => [name, fields.get(name) ?? undefined] as const);
  const all = [["change", "1"] as const, ...sent, ...scores];
  const known = all.filter((each): each is [string, string] => each[1] !== undefined);
  return { ...Object.fromEntries(known), ...formFieldsOf(linked) };
}

/** Whether the form asks to be shown again with its stamp, and stores nothing. */
export function asksToChange(fields: URLSearchParams): boolean {
  return fields.get("change") === "1";
}

/** Why nothing was stored. */
export type AgainReason = "stale" | "tick_note" | "choose_first" | "comment_over" | "agree_first";

/** Shows the page again, with all that the person has filled in, a note that says why, and a box to tick if `tick`. */
export type ShowAgain = (note: string, tick: boolean, reason: AgainReason) => Promise<Response> | Response;

/**
 * Stores the answers with the server's time and shows the thanks. It stores nothing and shows the page again if no person is
 * proven, if the form is empty, if the comment is too long, or if the page was open for days. Throws what `collectResponse`
 * throws.
 */
export async function submitForm(
  c: Context<App>,
  fields: URLSearchParams,
  { survey, path, words, channel, id, respondent, minted, amendableUntil, kiosk }: Answering,
  showAgain: ShowAgain,
): Promise<Response> {
  const { store, now } = c.var;
  const page = { survey: survey.id, ...(id !== undefined && { invitation: id }) };
  const stamp = await readStamp(store, page, fields.get("stamp") ?? "", now);
  if (!stamp) return showAgain(words.page("stale"), false, "stale");
  const answered = kiosk ? await kioskAnswer(store, survey.id, { sent: fields.get("answer"), stamp, now }) : null;
  const proof = proofOfPerson(fields, now - Math.min(stamp.madeAt, answered?.answeredAt ?? now));
  if (!proof.person) return showAgain(words.page("tick_note"), true, "tick_note");
  const given = answersIn(fields, survey.settings.questions);
  // Words wait for the tick, and a score never does.
  const lacksTick = survey.settings.privacy_tick && given.comment !== undefined && !fields.has("agree");
  const { comment: _, ...scores } = given;
  const answers = lacksTick ? scores : given;
  if (lacksTick && !isAnswered(scores)) return showAgain(words.page("agree_first"), fields.has("tick"), "agree_first");
  if (!isAnswered(answers)) return showAgain(words.page("choose_first"), fields.has("tick"), "choose_first");
  const over = excessOf(answers);
  if (over > 0)
    return showAgain(
      words.page("comment_over", { over, most: limits.commentCharacters }),
      fields.has("tick"),
      "comment_over",
    );
  const agent = c.req.header("User-Agent");
  const sender: Sender = {
    channel,
    device: deviceOf(agent),
    verified: respondent?.verified ?? false,
    flags: isAutomated(agent) ? [...new Set<Flag>([...proof.flags, "automated"])] : proof.flags,
    createdAt: answered?.answeredAt ?? now,
    // What a gesture saves comes without the comment's field.
    finished: fields.has("comment"),
    ...(amendableUntil !== undefined && { amendableUntil }),
    ...(channel === "link" && (!stamp.mayAmend || answered) && { amendableUntil: 0 }),
  };
  const linked = propertiesInForm(fields, survey.settings);
  const properties = withLinked(minted ?? {}, linked);
  const response = {
    survey: survey.id,
    id: id ?? answered?.id ?? stamp.id,
    ...answers,
    ...(respondent && { respondent: { id: respondent.id } }),
    ...(Object.keys(properties).length > 0 && { properties }),
    locale: words.language,
  };
  let outcome: Collected["outcome"];
  try {
    const collected = await collectResponse(store, response, sender, now);
    outcome = collected.outcome;
    if (collected.hasWebhooks) await deliverInBackground(c, survey.id);
  } catch (error) {
    if (channel === "link" && !stamp.mayAmend && error instanceof Problem && error.code === "closed")
      return showAgain(words.page("stale"), false, "stale");
    throw error;
  }
  // An earlier send may have been a program's and flagged; a proven person has now sent the answer, so the flags go.
  if (outcome !== "created" && sender.flags.length === 0)
    await unflagResponse(store, survey.id, response.id, { now, day: today(survey, now) });
  if (lacksTick && !kiosk?.isScript) return showAgain(words.page("agree_stored"), fields.has("tick"), "agree_first");
  const status = outcome === "created" ? 201 : 200;
  if (kiosk?.isScript) return c.json({ stored: true }, status);
  const action = relativeAddress(c, path);
  const thanks = thanksPage(
    answers,
    words,
    survey.settings,
    kiosk
      ? { next: `${action}?kiosk=1&lang=${words.language}${linkParametersOf(linked)}` }
      : { action, fields: changeFields(fields, answers, linked) },
  );
  return c.body(thanks.body, status, thanks.headers);
}
