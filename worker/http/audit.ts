/** What the audit log says of a request, and how its row comes to be written with the act itself. */
import type { Context } from "hono";
import { matchedRoutes } from "hono/route";
import type { Act, FieldsChanged } from "../db/audit.ts";
import { insertAct, recording } from "../db/audit.ts";
import type { Store } from "../db/store.ts";
import type { App, Principal } from "../env.ts";

/**
 * What a route knows of its act. `undefined` fields are taken from the address; acts that name no survey belong to the one
 * that the key is bound to, so that its admins see them.
 */
export type Acted = {
  survey?: string | null;
  target?: string | null;
  /** Whom it was about; erasure empties it. */
  respondent?: string;
  /** Names of what changed, never values. */
  detail?: string[];
  /** Of a change of settings: its fields, and when (ms), which is the version that it makes. */
  settings?: FieldsChanged & { at: number };
};

/** The reads with a key that write a row: those of one person, and whole surveys as a file. No other GET writes any. */
export const loggedReads: Readonly<Record<string, string>> = {
  "GET /v1/respondents": "always",
  "GET /v1/respondents/:respondent": "always",
  "GET /v1/surveys/:survey/responses": "as CSV or NDJSON, or of one respondent",
  "GET /v1/surveys/:survey/comments": "of one respondent",
};

/** The store for the act itself: what it changes is committed with its row, or not at all. Without a change, no row. */
export function recorded(c: Context<App>, acted: Acted = {}): Store {
  return recording(c.var.store, actOf(c, acted));
}

/** Writes the row of a read, before anything of what was read leaves: one that cannot be logged is not answered. */
export async function recordRead(c: Context<App>, acted: Acted): Promise<void> {
  await insertAct(c.var.store, actOf(c, acted));
}

/** The row of this request; its act is the method and the address without what a parameter may hold. Without a key it is an act of the person whom a link of ours was sent to. */
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

/** Stands where a key's id else does. */
export const BY_LINK = "link";
