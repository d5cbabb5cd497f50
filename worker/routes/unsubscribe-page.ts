import { Hono } from "hono";
import type { App } from "../env.ts";
import { recorded } from "../http/audit.ts";
import { limitWrites } from "../http/rate-limit.ts";
import { findUnsubscriber } from "../invitations/find-unsubscriber.ts";
import { unsubscribeTokenIn } from "../invitations/unsubscribe-token.ts";
import { plainPage } from "../pages/message-page.ts";
import { relativeAddress } from "../pages/relative.ts";
import { unsubscribePage } from "../pages/unsubscribe-page.ts";
import { unsubscribeByLink } from "../respondents/unsubscribing.ts";
import { pageError, refuse } from "../survey-form/errors.ts";
import { readForm } from "../survey-form/fields.ts";
import { proofOfPerson } from "../survey-form/human-proof.ts";
import { requestWording } from "../survey-form/request-wording.ts";

/**
 * /u/:token: the page on which a person ends all invitations from this collector. GET only asks. A one-click POST of a mail
 * program (RFC 8058) unsubscribes at once, as it must; the page's own form has to prove a person. A link never expires.
 */
export const unsubscribe = new Hono<App>()
  .get("/:token{[\\s\\S]+}", async (c) => {
    const token = unsubscribeTokenIn(c.req.param("token"));
    const found = await findUnsubscriber(c.var.store, token);
    if (!found) return refuse(c, "unknown");
    const page = unsubscribePage(
      relativeAddress(c, `u/${token}`),
      requestWording(c, new URLSearchParams(), found),
      found.survey?.settings,
    );
    return c.body(page.body, 200, page.headers);
  })
  .post("/:token{[\\s\\S]+}", async (c) => {
    const fields = await readForm(c.req.raw);
    const token = unsubscribeTokenIn(c.req.param("token"));
    const found = await findUnsubscriber(c.var.store, token);
    if (!found) return refuse(c, "unknown");
    const settings = found.survey?.settings;
    const words = requestWording(c, fields, found);
    await limitWrites(c, `unsubscribe ${found.respondent}`);
    if (!isOneClick(fields) && !proofOfPerson(fields, Number.POSITIVE_INFINITY).person) {
      const note = words.page("tick_note");
      const page = unsubscribePage(relativeAddress(c, `u/${token}`), words, settings, { tick: true, note });
      return c.body(page.body, 422, page.headers);
    }
    // The log names the person only while something else in the database names them.
    const act = { survey: found.survey?.id ?? null, target: null };
    const named = recorded(c, { ...act, respondent: found.respondent });
    await unsubscribeByLink({ named, unnamed: recorded(c, act) }, found.respondent, c.var.now);
    const page = plainPage({
      title: words.page("unsubscribed_title"),
      text: words.page("unsubscribed"),
      words,
      settings,
    });
    return c.body(page.body, 200, page.headers);
  });
unsubscribe.onError(pageError);

/** Whether the body is the one that RFC 8058 prescribes, as a plain form or in multipart form. */
function isOneClick(fields: URLSearchParams): boolean {
  return (
    fields.get("List-Unsubscribe") === "One-Click" ||
    /name="?List-Unsubscribe"?\s+One-Click\s/.test([...fields].flat().join("="))
  );
}
