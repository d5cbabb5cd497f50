import type { Context } from "hono";
import { Hono } from "hono";
import { limits } from "../../shared/limits.ts";
import type { InvitationsBody, InvitationsReply } from "../../shared/schema/invitation.ts";
import { idempotencyKeySchema, invitationsSchema } from "../../shared/schema/invitation.ts";
import { hashText } from "../crypto/hash.ts";
import { findInvitation, revokeInvitation } from "../db/invitations.ts";
import { findNewestSigningKey } from "../db/signing-keys.ts";
import type { StoredSurvey } from "../db/surveys.ts";
import type { App } from "../env.ts";
import { recorded } from "../http/audit.ts";
import { needs } from "../http/auth.ts";
import { readBody } from "../http/body.ts";
import { publicUrl } from "../http/public-url.ts";
import { addBlocks } from "../invitations/add-blocks.ts";
import { invite } from "../invitations/invite.ts";
import { linkSigner } from "../invitations/link-token.ts";
import { invalid, Problem } from "../problem.ts";
import { publicInvitation } from "../replies/invitation.ts";
import { hasEnough } from "../surveys/enough-answers.ts";
import { surveyIdOfPath, surveyOfPath } from "../surveys/find-survey.ts";
import { isOver } from "../surveys/schedule.ts";

/** /v1/surveys/:survey/invitations: links for people by mail, once per person and `Idempotency-Key`. */
export const invitations = new Hono<App>()
  .use(needs("write"))
  .post("/", async (c) => {
    const body = await readBody(c.req.raw, invitationsSchema, limits.invitationsBytes);
    const survey = await surveyOfPath(c);
    const call = { mailing: await mailingOf(c), host: publicUrl(c), now: c.var.now };
    const checked = allowed(body, survey, c.var.now);
    if (await hasEnough(c.var.store, survey))
      throw new Problem("closed", {
        detail: "The survey has as many answers as `stop_after` says: nobody is invited.",
      });
    const reply = await invite(c.var.store, recorded(c), survey, checked, call);
    return c.json(addBlocks(reply, body, survey.settings) satisfies InvitationsReply);
  })
  .get("/:invitation", async (c) => {
    const { store, now } = c.var;
    const invitation = await findInvitation(store, surveyIdOfPath(c), c.req.param("invitation"));
    if (!invitation) throw new Problem("not_found");
    const key = await findNewestSigningKey(store, invitation.survey_id, "links");
    const token = key && (await (await linkSigner(key))(invitation.id, invitation.expires_at));
    const url = token && `${publicUrl(c)}/r/${token}`;
    return c.json(publicInvitation(invitation, url, now));
  })
  .delete("/:invitation", async (c) => {
    const [survey, id] = [surveyIdOfPath(c), c.req.param("invitation")];
    const revoked = await revokeInvitation(recorded(c), survey, id, c.var.now);
    if (!revoked) throw new Problem("not_found");
    return c.body(null, 204);
  });

/**
 * The mailing that the call belongs to. A call without `Idempotency-Key` is a mailing of its own: only the throttle then keeps
 * people from being invited twice.
 */
async function mailingOf(c: Context<App>): Promise<string> {
  const key = c.req.header("Idempotency-Key");
  if (key === undefined) return c.var.requestId;
  if (!idempotencyKeySchema.safeParse(key).success)
    throw invalid("Idempotency-Key", "must be 1 to 200 visible ASCII characters");
  return (await hashText(key)).slice(0, 22);
}

/**
 * The body, if the survey may invite at present; throws if it may not. An invitation must not last longer than the responses
 * that retention deletes, or the same person could be counted again.
 */
function allowed(body: InvitationsBody, { settings }: StoredSurvey, now: number): InvitationsBody {
  if (settings.anonymous)
    throw new Problem("unsupported_combination", {
      detail: "An invitation names a person, and the survey is `anonymous`: share its open link instead.",
    });
  if (settings.paused || isOver(settings, now))
    throw new Problem("closed", { detail: "The survey is paused or over: nobody is invited." });
  if (settings.retention_days !== null && body.expires_in_days > settings.retention_days)
    throw invalid("/expires_in_days", "must not be more than the survey's `retention_days`");
  return body;
}
