/** Hooks, as an owner makes them and as senders of events call them. */
import type { HookReply, HookWithKey, NewHookInput } from "../../../shared/schema/hook.ts";
import type { Collector } from "./collector.ts";
import { ADMIN, aCollector } from "./collector.ts";

const FORM = { "Content-Type": "application/x-www-form-urlencoded" };

export type Made = { hook: HookWithKey; path: string };

/** A hook for events such as `{"id": 1, "contact": {"id": "ann"}}`; what matters to the test is said in `settings`. */
export async function aHook(collector: Collector, survey: string, settings: Partial<NewHookInput> = {}): Promise<Made> {
  const body = { name: "Case closed", map: { event: "/id", respondent: "/contact/id" }, ...settings };
  const reply = await collector.request<HookWithKey>("POST", `/v1/surveys/${survey}/hooks`, body, ADMIN);
  if (reply.status !== 201) throw new Error(reply.text);
  return { hook: reply.body, path: `/v1/hooks/${reply.body.id}` };
}

/** An event as JSON, with the key of the hook. */
export function tell(collector: Collector, { hook, path }: Made, event: unknown, query = "") {
  return collector.request<HookReply>("POST", `${path}${query}`, event, { Authorization: `Bearer ${hook.key}` });
}

/** The same as a form, with the key in the address. */
export function tellByForm(collector: Collector, { hook, path }: Made, form: string, headers = {}) {
  return collector.request<HookReply>("POST", `${path}?key=${hook.key}`, form, { ...FORM, ...headers });
}

/** A collector with a survey whose throttle lets each person be invited at any time. */
export async function anOpenSurvey(options: Parameters<typeof aCollector>[0] = {}) {
  const collector = aCollector(options);
  const throttle = { after_answer_days: 0, after_dismissal_days: 0, any_survey_days: 0 };
  return { collector, survey: await collector.makeSurvey({ throttle }) };
}
