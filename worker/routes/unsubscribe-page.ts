import { Hono } from "hono";
import { insertUnsubscribe } from "../db/unsubscribes.ts";
import type { App } from "../env.ts";
import { recorded } from "../http/audit.ts";
import { limitWrites } from "../http/rate-limit.ts";
import { findInvited } from "../invitations/find-by-token.ts";
import { tokenIn } from "../invitations/link-token.ts";
import { plainPage } from "../pages/message-page.ts";
import { relativeAddress } from "../pages/relative.ts";
import { unsubscribePage } from "../pages/unsubscribe-page.ts";
import { pageError, refuse } from "../survey-form/errors.ts";
import { readForm } from "../survey-form/fields.ts";
import { proofOfPerson } from "../survey-form/human-proof.ts";
import { requestWording } from "../survey-form/request-wording.ts";

/**
 * /u/:token: no more invitations, from any survey of this collector. GET only asks. A mail program's one-click POST (RFC 8058)
 * acts at once, as it must; the page's own form must show a person. A link works for this even when it has expired.
 */
export const unsubscribe = new Hono<App>()
  .get("/:token{[\\s\\S]+}", async (c) => {
    const { token } = tokenIn(c.req.param("token"));
    const found = await findInvited(c.var.store, token);
    if (!found) return refuse(c, "unknown");
    const page = unsubscribePage(
      relativeAddress(c, `u/${token}`),
      requestWording(c, new URLSearchParams(), found),
      found.survey.settings,
    );
    return c.body(page.body, 200, page.headers);
  })
  .post("/:token{[\\s\\S]+}", async (c) => {
    const fields = await readForm(c.req.raw);
    const { token } = tokenIn(c.req.param("token"));
    const found = await findInvited(c.var.store, token);
    if (!found) return refuse(c, "unknown");
    const { survey, invitation } = found;
    const words = requestWording(c, fields, found);
    await limitWrites(c, `${survey.id} ${invitation.id}`);
    if (!isOneClick(fields) && !proofOfPerson(fields, Number.POSITIVE_INFINITY).person) {
      const note = words.page("tick_note");
      const page = unsubscribePage(relativeAddress(c, `u/${token}`), words, survey.settings, { tick: true, note });
      return c.body(page.body, 422, page.headers);
    }
    const { respondent_id } = invitation;
    await insertUnsubscribe(recorded(c, { survey: survey.id, target: null, respondent: respondent_id }), {
      survey_id: "",
      respondent_id,
      source: "link",
      created_at: c.var.now,
    });
    const page = plainPage(words.page("unsubscribed_title"), words.page("unsubscribed"), words, survey.settings);
    return c.body(page.body, 200, page.headers);
  });
unsubscribe.onError(pageError);

/** The body that RFC 8058 prescribes, as a form or as one in parts. */
function isOneClick(fields: URLSearchParams): boolean {
  return (
    fields.get("List-Unsubscribe") === "One-Click" ||
    /name="?List-Unsubscribe"?\s+One-Click\s/.test([...fields].flat().join("="))
  );
}
