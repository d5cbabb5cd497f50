import { Hono } from "hono";
import type { Eligibility } from "../../shared/schema/eligibility.ts";
import { eligibilitySchema } from "../../shared/schema/eligibility.ts";
import type { App } from "../env.ts";
import { readBody } from "../http/body.ts";
import { limitWrites } from "../http/rate-limit.ts";
import { judgeContacts } from "../respondents/contact-throttle.ts";
import { tokenFaultOf } from "../respondents/identity-token.ts";
import { surveyOf } from "../surveys/find-survey.ts";

/**
 * POST /v1/eligibility: whether this identified visitor may be asked now, whatever the device or channel of their last answer.
 * Writes nothing. Without a proof of identity the reply says nothing about the visitor.
 */
export const eligibility = new Hono<App>().post("/", async (c) => {
  const { survey: id, id: respondent, token } = await readBody(c.req.raw, eligibilitySchema);
  await limitWrites(c, `eligibility ${id}`);
  const { store, now } = c.var;
  const survey = await surveyOf(store, id);
  const fault = await tokenFaultOf(store, { survey: id, respondent, token }, now);
  if (fault) return c.json({ ask: true, reason: "unverified", token_fault: fault } satisfies Eligibility);
  const [judged] = await judgeContacts(store, survey, [respondent], now);
  const reason = judged?.refusal;
  return c.json((reason ? { ask: false, reason } : { ask: true }) satisfies Eligibility);
});
