import type { Context } from "hono";
import { Hono } from "hono";
import { limits } from "../../shared/limits.ts";
import { pagingSchema } from "../../shared/schema/paging.ts";
import type { WebhookTest, WebhookWithSecret } from "../../shared/schema/webhook.ts";
import { deliveriesQuerySchema, newWebhookSchema, webhookPatchSchema } from "../../shared/schema/webhook.ts";
import { randomText } from "../crypto/random-text.ts";
import { findDelivery, listDeliveries, redeliver } from "../db/webhook-deliveries.ts";
import type { StoredWebhook } from "../db/webhooks.ts";
import {
  deleteWebhook,
  findCountedWebhook,
  findWebhook,
  insertWebhook,
  listWebhooks,
  noteTest,
  setSecrets,
  updateWebhook,
} from "../db/webhooks.ts";
import type { App } from "../env.ts";
import { recorded } from "../http/audit.ts";
import { needs } from "../http/auth.ts";
import { inBackground } from "../http/background.ts";
import { readBody } from "../http/body.ts";
import { openCursor, pageOf } from "../http/cursor.ts";
import { publicUrl } from "../http/public-url.ts";
import { readQuery } from "../http/query.ts";
import { deliverInBackground, sendingFor } from "../http/webhooks.ts";
import { Problem } from "../problem.ts";
import { publicDelivery, publicWebhook } from "../replies/webhook.ts";
import { surveyOfPath } from "../surveys/find-survey.ts";
import { sendInForm } from "../webhooks/forms.ts";
import { sampleFor } from "../webhooks/sample.ts";
import { endSending } from "../webhooks/sending.ts";
import { checkWebhook } from "../webhooks/settings.ts";
import { makeSecret, replaceSecret } from "../webhooks/sign.ts";

/**
 * /v1/surveys/:survey/webhooks: whom the survey tells of what, and the messages on their way. A secret is shown when it is made, and
 * never again.
 */
export const webhooks = new Hono<App>()
  .use(needs("admin"))
  .get("/", async (c) => {
    const { limit, cursor } = readQuery(c, pagingSchema);
    const survey = await surveyOfPath(c);
    const found = await listWebhooks(c.var.store, survey.id, openCursor(cursor), limit + 1);
    return c.json(pageOf(found, limit, (webhook) => webhook.id, publicWebhook));
  })
  .post("/", async (c) => {
    const settings = await readBody(c.req.raw, newWebhookSchema, limits.webhookBytes);
    const survey = await surveyOfPath(c);
    checkWebhook(settings, survey.settings, sendingFor(c));
    const secret = makeSecret();
    const made = { id: `whk_${randomText(12)}`, survey: survey.id, secrets: [secret], createdAt: c.var.now };
    const webhook: StoredWebhook = { ...settings, ...made, dashboard: publicUrl(c), testedAt: null, off: null };
    const store = recorded(c, { target: webhook.id, detail: settings.events });
    if (!(await insertWebhook(store, webhook, limits.webhooks)))
      throw new Problem("conflict", { detail: `A survey has at most ${limits.webhooks} webhooks; delete one first.` });
    const shown = { ...publicWebhook({ ...webhook, waiting: 0, dead: 0 }), secret: secret.secret };
    return c.json(shown satisfies WebhookWithSecret, 201);
  })
  .get("/:webhook", async (c) => c.json(await shownWebhook(c)))
  .patch("/:webhook", async (c) => {
    const { enabled, ...changes } = await readBody(c.req.raw, webhookPatchSchema, limits.webhookBytes);
    const { survey, webhook } = await webhookOfPath(c);
    const off =
      enabled === undefined ? webhook.off : enabled ? null : (webhook.off ?? { at: c.var.now, why: "by_owner" });
    const changed: StoredWebhook = { ...webhook, ...changes, dashboard: publicUrl(c), off };
    // To switch it off alone is never refused, whatever has become of its address or of the survey's segments.
    if (enabled || Object.keys(changes).length > 0) checkWebhook(changed, survey.settings, sendingFor(c));
    const detail = Object.keys({ ...changes, ...(enabled !== undefined && { enabled }) }).sort();
    await updateWebhook(recorded(c, { detail }), changed);
    return c.json(await shownWebhook(c));
  })
  .delete("/:webhook", async (c) => {
    const survey = await surveyOfPath(c);
    const id = c.req.param("webhook");
    if (!(await deleteWebhook(recorded(c), survey.id, id, c.var.now))) throw new Problem("not_found");
    return c.body(null, 204);
  })
  .post("/:webhook/secret", async (c) => {
    const { webhook } = await webhookOfPath(c);
    const secrets = replaceSecret(webhook.secrets, c.var.now);
    if (!(await setSecrets(recorded(c), webhook, secrets))) throw new Problem("conflict");
    const shown = { ...(await shownWebhook(c)), secret: secrets[0]!.secret };
    return c.json(shown satisfies WebhookWithSecret);
  })
  .post("/:webhook/test", async (c) => {
    const { survey, webhook } = await webhookOfPath(c);
    const { clock, now } = c.var;
    await noteTest(recorded(c), survey.id, webhook.id, now);
    const began = clock();
    const sample = sampleFor(survey, webhook, began);
    const sending = sendingFor(c);
    const { failure, status, detail, answer } = await sendInForm(sample, sending, limits.webhookAnswerCharacters);
    await inBackground(c, endSending(sending));
    const told: WebhookTest = {
      delivered: failure === null,
      status,
      failure,
      detail,
      answer,
      took_ms: clock() - began,
    };
    return c.json(told);
  })
  .get("/:webhook/deliveries", async (c) => {
    const { limit, cursor, state } = readQuery(c, deliveriesQuerySchema);
    const { webhook } = await webhookOfPath(c);
    const asked = { state, before: openCursor(cursor), limit: limit + 1 };
    const found = await listDeliveries(c.var.store, webhook.id, asked);
    return c.json(pageOf(found, limit, (row) => row.id, publicDelivery));
  })
  .post("/:webhook/deliveries/:delivery/redeliver", async (c) => {
    const { survey, webhook } = await webhookOfPath(c);
    const id = c.req.param("delivery");
    if (webhook.off)
      throw new Problem("conflict", {
        detail: 'The webhook is off. Switch it on first: PATCH it with {"enabled": true}.',
      });
    await redeliver(recorded(c), webhook.id, id, c.var.now);
    const row = await findDelivery(c.var.store, webhook.id, id);
    if (!row) throw new Problem("not_found");
    await deliverInBackground(c, survey.id);
    return c.json(publicDelivery(row));
  });

/** The survey and the webhook that the address names, or `unknown_survey` or `not_found`. */
async function webhookOfPath(c: Context<App>) {
  const survey = await surveyOfPath(c);
  const webhook = await findWebhook(c.var.store, survey.id, c.req.param("webhook") ?? "");
  if (!webhook) throw new Problem("not_found");
  return { survey, webhook };
}

/** The webhook that the address names, as it is shown; `unknown_survey` or `not_found`. */
async function shownWebhook(c: Context<App>) {
  const survey = await surveyOfPath(c);
  const webhook = await findCountedWebhook(c.var.store, survey.id, c.req.param("webhook") ?? "");
  if (!webhook) throw new Problem("not_found");
  return publicWebhook(webhook);
}
