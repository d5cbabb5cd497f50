import type { Context } from "hono";
import { Hono } from "hono";
import { mailingPatchSchema } from "../../shared/schema/mailing.ts";
import { pagingSchema } from "../../shared/schema/paging.ts";
import type { MailingWait } from "../../shared/vocabulary.ts";
import { findMailRun, handedOver } from "../db/mail-run.ts";
import type { StoredMailing } from "../db/mailings.ts";
import {
  cancelMailing,
  findMailing,
  listMailCounts,
  listMailings,
  pauseMailing,
  resumeMailing,
} from "../db/mailings.ts";
import { listFailedMails } from "../db/mails.ts";
import type { App } from "../env.ts";
import { recorded } from "../http/audit.ts";
import { needs } from "../http/auth.ts";
import { readBody } from "../http/body.ts";
import { openCursor, pageOf } from "../http/cursor.ts";
import { readQuery } from "../http/query.ts";
import { senderFor, sendInBackground } from "../http/send-mails.ts";
import { mailSender } from "../mailings/sender.ts";
import { Problem } from "../problem.ts";
import { publicFailure, publicMailing } from "../replies/mailing.ts";
import { surveyOfPath } from "../surveys/find-survey.ts";

/** /v1/surveys/:survey/mailings: what the collector mails by itself, how far it has come, and its pause and end. */
export const mailings = new Hono<App>()
  .use(needs("write"))
  .get("/", async (c) => {
    const { limit, cursor } = readQuery(c, pagingSchema);
    const survey = await surveyOfPath(c);
    const [created = String(Number.MAX_SAFE_INTEGER), id = ""] = openCursor(cursor).split(" ").filter(Boolean);
    const found = await listMailings(c.var.store, survey.id, { created: Number(created), id }, limit + 1);
    const show = await shownWith(c, survey.id, found);
    return c.json(pageOf(found, limit, (each) => `${each.created_at} ${each.id}`, show));
  })
  .get("/:mailing", async (c) => c.json(await shown(c, await mailingOfPath(c))))
  .patch("/:mailing", async (c) => {
    const { paused } = await readBody(c.req.raw, mailingPatchSchema);
    const mailing = await mailingOfPath(c);
    if (mailing.cancelled_at !== null) throw new Problem("conflict", { detail: "The mailing was cancelled." });
    const store = recorded(c, { detail: [paused ? "pause" : "resume"] });
    if (paused) await pauseMailing(store, mailing.survey_id, mailing.id, c.var.now);
    else {
      const sender = senderFor(c);
      await resumeMailing(store, mailing.survey_id, mailing.id);
      await sendInBackground(c, sender);
    }
    return c.json(await shown(c, await mailingOfPath(c)));
  })
  .delete("/:mailing", async (c) => {
    const { survey_id, id } = await mailingOfPath(c);
    await cancelMailing(recorded(c), survey_id, id, c.var.now);
    return c.body(null, 204);
  })
  .get("/:mailing/failures", async (c) => {
    const { limit, cursor } = readQuery(c, pagingSchema);
    const mailing = await mailingOfPath(c);
    const [after = "", round = "0"] = openCursor(cursor).split(" ");
    const found = await listFailedMails(c.var.store, mailing, { after, round: Number(round) }, limit + 1);
    return c.json(pageOf(found, limit, (row) => `${row.invitation_id} ${row.round}`, publicFailure));
  });

/** The mailing that the address names, or `unknown_survey` or `not_found`. */
async function mailingOfPath(c: Context<App>): Promise<StoredMailing> {
  const survey = await surveyOfPath(c);
  const mailing = await findMailing(c.var.store, survey.id, c.req.param("mailing") ?? "");
  if (!mailing) throw new Problem("not_found");
  return mailing;
}

async function shown(c: Context<App>, mailing: StoredMailing) {
  return (await shownWith(c, mailing.survey_id, [mailing]))(mailing);
}

/** Shows each of these mailings with what is counted of it. */
async function shownWith(c: Context<App>, survey: string, found: readonly StoredMailing[]) {
  const { store, now } = c.var;
  const ids = found.map(({ id }) => id);
  const counts = await listMailCounts(store, survey, ids);
  const waitsFor = await inTheWay(c);
  return (mailing: StoredMailing) => publicMailing(mailing, counts, { waitsFor, now });
}

async function inTheWay(c: Context<App>): Promise<MailingWait | null> {
  const { fetch, clock, store, now } = c.var;
  const sender = mailSender(c.env, { fetch, clock });
  const row = await findMailRun(store);
  if ("missing" in sender || row.blocked_until > now) return "mailer";
  return handedOver(row, now).day >= sender.perDay ? "daily_cap" : null;
}
