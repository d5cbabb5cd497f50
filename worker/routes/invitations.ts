import { Hono } from "hono";
import { limits } from "../../shared/limits.ts";
import type { InvitationsReply } from "../../shared/schema/invitation.ts";
import { invitationsSchema } from "../../shared/schema/invitation.ts";
import { findInvitation, revokeInvitation } from "../db/invitations.ts";
import { findNewestSigningKey } from "../db/signing-keys.ts";
import type { App } from "../env.ts";
import { recorded } from "../http/audit.ts";
import { needs } from "../http/auth.ts";
import { readBody } from "../http/body.ts";
import { mailingOf } from "../http/mailing.ts";
import { publicUrl } from "../http/public-url.ts";
import { senderFor, sendInBackground } from "../http/send-mails.ts";
import { addBlocks } from "../invitations/add-blocks.ts";
import { invite } from "../invitations/invite.ts";
import { linkSigner } from "../invitations/link-token.ts";
import { mustInvite } from "../invitations/must-invite.ts";
import { sendingOf } from "../invitations/sending-of.ts";
import { Problem } from "../problem.ts";
import { publicInvitation } from "../replies/invitation.ts";
import { surveyIdOfPath, surveyOfPath } from "../surveys/find-survey.ts";

/** /v1/surveys/:survey/invitations: links for people by mail, once per person and `Idempotency-Key`; with `send` the mails too. */
export const invitations = new Hono<App>()
  .use(needs("write"))
  .post("/", async (c) => {
    const body = await readBody(c.req.raw, invitationsSchema, limits.invitationsBytes);
    const survey = await surveyOfPath(c);
    const call = { mailing: await mailingOf(c), host: publicUrl(c), now: c.var.now };
    await mustInvite(c.var.store, survey, body, c.var.now);
    const sender = body.send ? senderFor(c) : null;
    const sending = await sendingOf(c.var.store, survey, body, call);
    const reply = await invite(c.var.store, recorded(c), survey, body, call, sending);
    if (sender) await sendInBackground(c, sender);
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
