import type { Context } from "hono";
import { Hono } from "hono";
import { isMergeTag } from "../../shared/links/merge-tag.ts";
import { respondentSchema } from "../../shared/schema/response.ts";
import type { StoredSurvey } from "../db/surveys.ts";
import type { App } from "../env.ts";
import { limitWrites } from "../http/rate-limit.ts";
import { refusalPage } from "../pages/message-page.ts";
import { relativeAddress } from "../pages/relative.ts";
import type { SurveyPage } from "../pages/survey-page.ts";
import { surveyPage } from "../pages/survey-page.ts";
import { pageError, refuse } from "../survey-form/errors.ts";
import { answersIn, readForm } from "../survey-form/fields.ts";
import { keepStamp } from "../survey-form/form-token.ts";
import { isKiosk } from "../survey-form/kiosk.ts";
import type { LinkProperties } from "../survey-form/link-properties.ts";
import { formFieldsOf, propertiesInForm, propertiesInLink } from "../survey-form/link-properties.ts";
import { readLinkQuery } from "../survey-form/link-query.ts";
import { requestWording } from "../survey-form/request-wording.ts";
import type { ShowAgain } from "../survey-form/submit.ts";
import { asksToChange, submitForm } from "../survey-form/submit.ts";
import { hasEnough } from "../surveys/enough-answers.ts";
import { surveyOf } from "../surveys/find-survey.ts";
import { isAsked } from "../surveys/schedule.ts";

/**
 * /s/:survey: the survey as a page, for links, QR codes and mailers that cannot sign. `?nps=9&csat=4` preselect scores, `?r=`
 * names the respondent without proof, `?lang=` chooses the language, and `?department=Lviv` gives a property that the survey
 * declares as a segment. `?kiosk=1` makes it the page of a tablet that people pass on. Other parameters that mailers append are ignored, and so are characters that mail programs add to
 * the link. Only POST writes.
 */
export const linked = new Hono<App>()
  .get("/:survey{[\\s\\S]+}", async (c) => {
    const { id, tail } = surveyIn(c.req.param("survey"));
    const survey = await surveyOf(c.var.store, id);
    const query = readLinkQuery(c.req.url, tail);
    const words = requestWording(c, query, { survey });
    if (!(await isOpen(c, survey))) return refuse(c, "closed", refusalPage("closed", words, survey.settings));
    const properties = propertiesInLink(query, survey.settings);
    // Nothing is chosen for the next person, and no person is named.
    if (isKiosk(query, survey.settings)) return show(c, survey, NOTHING_FILLED, { words, properties, kiosk: true });
    return show(c, survey, query, { words, properties });
  })
  .post("/:survey{[\\s\\S]+}", async (c) => {
    const { id } = surveyIn(c.req.param("survey"));
    await limitWrites(c, id);
    const fields = await readForm(c.req.raw);
    const survey = await surveyOf(c.var.store, id);
    const words = requestWording(c, fields, { survey });
    const stamp = fields.get("stamp");
    const properties = propertiesInForm(fields, survey.settings);
    if (asksToChange(fields)) {
      if (!(await isOpen(c, survey))) return refuse(c, "closed", refusalPage("closed", words, survey.settings));
      return show(c, survey, fields, { words, properties, stamp });
    }
    const isTablets = fields.get("kiosk") === "1";
    const kiosk = isTablets ? { isScript: c.req.header("Accept") === "application/json" } : undefined;
    const again: ShowAgain = (note, tick, reason) =>
      kiosk?.isScript
        ? c.json({ stored: false, reason }, 422)
        : show(c, survey, fields, { words, properties, stamp, note, tick, kiosk: isTablets }, 422);
    const named = isTablets ? undefined : respondentIn(fields);
    const respondent = named === undefined ? undefined : { id: named, verified: false };
    const answering = { survey, path: pathOf(survey), words, channel: "link" as const, respondent };
    return submitForm(c, fields, kiosk ? { ...answering, kiosk } : answering, again);
  });
linked.onError(pageError);

const NOTHING_FILLED = new URLSearchParams();

/**
 * Whether the page asks now. It loads no scripts of others and so cannot show a Turnstile challenge: with that setting it is
 * closed.
 */
async function isOpen(c: Context<App>, survey: StoredSurvey): Promise<boolean> {
  const { settings } = survey;
  return isAsked(settings, c.var.now) && settings.turnstile === null && !(await hasEnough(c.var.store, survey));
}

/** Shows the form. `stamp`: that of the page that was shown before; the new page keeps it while it is valid. */
async function show(
  c: Context<App>,
  survey: StoredSurvey,
  fields: URLSearchParams,
  {
    properties,
    stamp = null,
    kiosk = false,
    ...rest
  }: Pick<SurveyPage, "words" | "note" | "tick"> & {
    properties: LinkProperties;
    stamp?: string | null;
    kiosk?: boolean;
  },
  status: 200 | 422 = 200,
) {
  const page = surveyPage({
    settings: survey.settings,
    action: relativeAddress(c, pathOf(survey)),
    stamp: await keepStamp(c.var.store, { survey: survey.id }, stamp, c.var.now),
    answers: answersIn(fields, survey.settings.questions),
    carried: { ...(kiosk ? { kiosk: "1" } : { r: respondentIn(fields) }), ...formFieldsOf(properties) },
    ...(kiosk && { kiosk: survey.id }),
    ...rest,
  });
  return c.body(page.body, status, page.headers);
}

function pathOf({ id }: StoredSurvey): string {
  return `s/${id}`;
}

/**
 * The survey's id in the text after /s/, and the text behind it. The id is "" if that text goes on with a folder of another
 * name.
 */
function surveyIn(text: string): { id: string; tail: string } {
  const [, id, tail] = /(srv_[a-z0-9]{4,32})(?!\/+\w)(.*)$/is.exec(text) ?? [];
  return { id: (id ?? "").toLowerCase(), tail: tail ?? "" };
}

/**
 * The respondent's id that a mailer has put into the link. None if it is empty, too long, a merge tag that was not filled in, or
 * not written in UTF-8: its letters then arrive as replacement characters, which would stand for many people.
 */
function respondentIn(fields: URLSearchParams): string | undefined {
  const named = respondentSchema.shape.id.safeParse(fields.get("r") ?? "").data;
  return named === undefined || isMergeTag(named) || named.includes("\ufffd") ? undefined : named;
}
