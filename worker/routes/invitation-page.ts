import type { Context } from "hono";
import { Hono } from "hono";
import type { App } from "../env.ts";
import { limitWrites } from "../http/rate-limit.ts";
import type { Invited } from "../invitations/find-by-token.ts";
import { findInvited, whyNot } from "../invitations/find-by-token.ts";
import { tokenIn } from "../invitations/link-token.ts";
import { unsubscribeSigner } from "../invitations/unsubscribe-token.ts";
import type { PageRefusal } from "../pages/message-page.ts";
import { refusalPage } from "../pages/message-page.ts";
import { relativeAddress } from "../pages/relative.ts";
import type { SurveyPage } from "../pages/survey-page.ts";
import { surveyPage } from "../pages/survey-page.ts";
import type { Wording } from "../pages/wording.ts";
import { pageError, refuse } from "../survey-form/errors.ts";
import { answersIn, readForm } from "../survey-form/fields.ts";
import { makeStamp } from "../survey-form/form-token.ts";
import type { LinkProperties } from "../survey-form/link-properties.ts";
import { formFieldsOf, propertiesInForm, propertiesInLink } from "../survey-form/link-properties.ts";
import { readLinkQuery } from "../survey-form/link-query.ts";
import { requestWording } from "../survey-form/request-wording.ts";
import type { ShowAgain } from "../survey-form/submit.ts";
import { asksToChange, submitForm } from "../survey-form/submit.ts";
import { hasEnough } from "../surveys/enough-answers.ts";
import { isAsked } from "../surveys/schedule.ts";

/**
 * /r/:token: the survey as a page for one invited person. An invitation has one response, which may be changed until the
 * invitation expires. The page says that it was answered and never shows the answer, because a link may be forwarded. The
 * address may add properties to those of the invitation, and overrides none. Only POST writes.
 */
export const invited = new Hono<App>()
  .get("/:token{[\\s\\S]+}", async (c) => {
    const { token, tail } = tokenIn(c.req.param("token"));
    const found = await findInvited(c.var.store, token);
    if (!found) return refuse(c, "unknown");
    const query = readLinkQuery(c.req.url, tail);
    const words = requestWording(c, query, found);
    const { settings } = found.survey;
    const reason = await whyNotAsked(c, found);
    if (reason) return refuse(c, reason, refusalPage(reason, words, settings));
    const properties = propertiesInLink(query, settings);
    return show(c, found, query, { words, properties, note: answeredNote(found, words) });
  })
  .post("/:token{[\\s\\S]+}", async (c) => {
    const fields = await readForm(c.req.raw);
    const { token } = tokenIn(c.req.param("token"));
    const found = await findInvited(c.var.store, token);
    if (!found) return refuse(c, "unknown");
    const { survey, invitation } = found;
    const words = requestWording(c, fields, found);
    const isChanging = asksToChange(fields);
    const reason = isChanging ? await whyNotAsked(c, found) : whyNot(invitation, c.var.now);
    if (reason) return refuse(c, reason, refusalPage(reason, words, survey.settings));
    await limitWrites(c, `${survey.id} ${invitation.id}`);
    const properties = propertiesInForm(fields, survey.settings);
    if (isChanging) return show(c, found, fields, { words, properties, note: answeredNote(found, words) });
    const again: ShowAgain = (note, tick) => show(c, found, fields, { words, properties, note, tick }, 422);
    const answering = {
      survey,
      path: `r/${token}`,
      words,
      channel: "invitation" as const,
      id: invitation.id,
      respondent: { id: invitation.respondent_id, verified: true },
      minted: JSON.parse(invitation.properties),
      amendableUntil: invitation.expires_at,
    };
    return submitForm(c, fields, answering, again);
  });
invited.onError(pageError);

async function show(
  c: Context<App>,
  { survey, invitation }: Invited,
  fields: URLSearchParams,
  { properties, ...rest }: Pick<SurveyPage, "words" | "note" | "tick"> & { properties: LinkProperties },
  status: 200 | 422 = 200,
) {
  const { token } = tokenIn(c.req.param("token") ?? "");
  const sign = await unsubscribeSigner(c.var.store);
  const unsubscribe = { respondent: invitation.respondent_id, survey: survey.id, language: invitation.language };
  const page = surveyPage({
    settings: survey.settings,
    action: relativeAddress(c, `r/${token}`),
    stamp: await makeStamp(c.var.store, { survey: survey.id, invitation: invitation.id }, c.var.now),
    answers: answersIn(fields, survey.settings.questions),
    answered: invitation.answered === 1,
    saveOnGesture: invitation.confirm === "gesture",
    carried: formFieldsOf(properties),
    unsubscribeUrl: relativeAddress(c, `u/${await sign(unsubscribe)}`),
    ...rest,
  });
  return c.body(page.body, status, page.headers);
}

/** Why the page is not shown; null if it is. A page that was shown earlier may still be sent while the invitation is valid. */
async function whyNotAsked(c: Context<App>, { survey, invitation }: Invited): Promise<PageRefusal | null> {
  const { store, now } = c.var;
  const refused = whyNot(invitation, now);
  if (refused) return refused;
  if (!isAsked(survey.settings, now)) return "closed";
  // Who has answered is among those who were enough, and may change the answer.
  return invitation.answered === 0 && (await hasEnough(store, survey)) ? "closed" : null;
}

function answeredNote(found: Invited, words: Wording): string | undefined {
  return found.invitation.answered ? words.page("answered_note", { date: dateOf(found, words) }) : undefined;
}

/** The last day on which the answer may be changed, as people write it. */
function dateOf({ survey, invitation }: Invited, words: Wording): string {
  return new Intl.DateTimeFormat(words.language, { dateStyle: "long", timeZone: survey.settings.timezone }).format(
    invitation.expires_at - 1,
  );
}
