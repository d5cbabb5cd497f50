import type { Context } from "hono";
import { Hono } from "hono";
import { limits } from "../../shared/limits.ts";
import { responseSchema } from "../../shared/schema/response.ts";
import type { App } from "../env.ts";
import { actOf } from "../http/audit.ts";
import { identify, reaches } from "../http/auth.ts";
import { readBody } from "../http/body.ts";
import { limitTests, limitWrites } from "../http/rate-limit.ts";
import { flagsOf } from "../http/sender-flags.ts";
import { mustBePerson } from "../http/turnstile.ts";
import { deliverInBackground } from "../http/webhooks.ts";
import { Problem } from "../problem.ts";
import { tokenFaultOf } from "../respondents/identity-token.ts";
import { collectResponse } from "../responses/collect.ts";
import { deviceOf } from "../responses/device.ts";
import type { Sender } from "../responses/sender.ts";

/** POST /v1/responses: stores or changes a response that a page or a server sends. */
export const responses = new Hono<App>().post("/", async (c) => {
  const response = await readBody(c.req.raw, responseSchema, limits.responseBytes);
  const authorization = c.req.header("Authorization");
  const holder = authorization === undefined ? null : await identify(c);
  if (authorization !== undefined && !holder && !isOfItsPage(c, authorization)) throw new Problem("unauthorized");
  const trusted = holder !== null && reaches(holder, "write", response.survey);
  const { burst } = trusted ? { burst: false } : await limitWrites(c, response.survey);
  if (!trusted && response.test) await limitTests(c, response.survey);
  if (trusted) c.set("principal", holder);
  const origin = c.req.header("Origin") ?? null;
  const { respondent } = response;
  const sender: Sender = {
    channel: origin === null || trusted ? "api" : "page",
    // A server sends what it has; a page sends each answer as it is given.
    finished: origin === null || trusted,
    ...(!trusted && { origin }),
    device: deviceOf(c.req.header("User-Agent")),
    verified:
      trusted ||
      (respondent?.token !== undefined &&
        (await tokenFaultOf(
          c.var.store,
          { survey: response.survey, respondent: respondent.id, token: respondent.token },
          c.var.now,
        )) === null),
    trusted,
    ...(trusted && { act: actOf(c, { survey: response.survey, target: response.id }) }),
    prove: (siteKey) => mustBePerson(c, { token: response.turnstile, response: response.id, siteKey }),
    flags: trusted ? [] : flagsOf(c, { page: response.page, burst }),
  };
  const { outcome, receipt, hasWebhooks } = await collectResponse(c.var.store, response, sender, c.var.now);
  if (hasWebhooks) await deliverInBackground(c, response.survey);
  return c.json(receipt, outcome === "created" ? 201 : 200);
});

/**
 * Whether a page's own scripts have added the header to all their requests: it is no key of ours, and no answer may be lost to
 * it.
 */
function isOfItsPage(c: Context<App>, authorization: string): boolean {
  return c.req.header("Origin") !== undefined && !/^Bearer vhk_/i.test(authorization);
}
