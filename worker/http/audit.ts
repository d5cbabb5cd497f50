/** The row of the audit log for a request, and the store that writes this row together with the act itself. */
import type { Context } from "hono";
import { matchedRoutes } from "hono/route";
import type { Act, FieldsChanged } from "../db/audit.ts";
import { insertAct, recording } from "../db/audit.ts";
import type { Store } from "../db/store.ts";
import type { App, Principal } from "../env.ts";

/**
 * What a route tells of its act. Fields that are `undefined` are taken from the address. An act that names no survey belongs to
 * the survey that the key is bound to, so that the admins of that survey see it.
 */
export type Acted = {
  survey?: string | null;
  target?: string | null;
  /** The person whom the act was about. The erasure of the person empties this field. */
  respondent?: string;
  /** Names of what changed, never values. */
  detail?: string[];
  /** For a change of settings: the fields changed, and the version that the change makes (`at`, ms). */
  settings?: FieldsChanged & { at: number };
};

/** The reads with a key that write a row: those of one person, and whole surveys as a file. No other GET writes any. */
export const loggedReads: Readonly<Record<string, string>> = {
  "GET /v1/respondents": "always",
  "GET /v1/respondents/:respondent": "always",
  "GET /v1/surveys/:survey/responses": "as CSV or NDJSON, or of one respondent",
  "GET /v1/surveys/:survey/comments": "of one respondent",
  "GET /delighted/:survey/v1/survey_responses": "of one person",
  "GET /delighted/:survey/v1/people": "of one person",
  "GET /delighted/:survey/v1/people/:person": "always",
  "GET /v1/surveys/:survey/archive": "always",
};

/** The store for the act itself: a change is committed together with its row of the log, or neither is. No change, no row. */
export function recorded(c: Context<App>, acted: Acted = {}): Store {
  return recording(c.var.store, actOf(c, acted));
}

/** Writes the row of a read. A route calls it before it replies, so that a read that cannot be logged is not answered. */
export async function recordRead(c: Context<App>, acted: Acted): Promise<void> {
  await insertAct(c.var.store, actOf(c, acted));
}

/**
 * The row of this request. Its act is the method and the route, with names of parameters in place of their values. A request
 * without a key is an act of the person to whom a link of ours was sent.
 */
export function actOf(c: Context<App>, { survey, target, respondent, detail = [], settings }: Acted): Act {
  const principal = c.var.principal as Principal | undefined;
  const route = matchedRoutes(c).find((each) => each.method === c.req.method);
  const { survey: ofPath = principal?.survey ?? null, ...named } = c.req.param() as Record<string, string>;
  return {
    at: settings?.at ?? c.var.now,
    request: c.var.requestId,
    key_id: principal?.id ?? BY_LINK,
    act: `${c.req.method} ${route?.path.replace(/\{.+?\}(?=\/|$)/g, "")}`,
    survey_id: survey === undefined ? ofPath : survey,
    target: target === undefined ? (Object.values(named).at(-1) ?? null) : target,
    respondent: respondent ?? null,
    detail: JSON.stringify(detail),
    settings_change: settings ? JSON.stringify({ before: settings.before, fields: settings.fields }) : null,
  };
}

/** Takes the place of a key's id in the acts of people who followed a link. */
export const BY_LINK = "link";
