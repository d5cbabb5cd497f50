import { Hono } from "hono";
import { unsubscribeQuerySchema, unsubscribeSchema, unsubscribesQuerySchema } from "../../shared/schema/unsubscribe.ts";
import type { StoredUnsubscribe } from "../db/unsubscribes.ts";
import type { App, Principal } from "../env.ts";
import { recorded } from "../http/audit.ts";
import { needs } from "../http/auth.ts";
import { readBody } from "../http/body.ts";
import { openCursor, pageOf } from "../http/cursor.ts";
import { readQuery } from "../http/query.ts";
import { invalid, Problem } from "../problem.ts";
import { publicUnsubscribe } from "../replies/unsubscribe.ts";
import { listUnsubscribed, resubscribe, unsubscribe } from "../respondents/unsubscribing.ts";

/**
 * /v1/unsubscribes: the people who are never invited or asked. A key that is bound to a survey reaches only that survey's list.
 */
export const unsubscribes = new Hono<App>()
  .use(needs("write"))
  .get("/", async (c) => {
    const { limit, cursor, survey, respondent = "" } = readQuery(c, unsubscribesQuerySchema);
    const lists = listsOf(c.var.principal, survey);
    const found = await listUnsubscribed(c.var.store, positionOf(openCursor(cursor)), lists, respondent, limit + 1);
    return c.json(
      pageOf(found, limit, (row) => encodeURIComponent(`${row.survey_id} ${row.respondent_id}`), publicUnsubscribe),
    );
  })
  .post("/", async (c) => {
    const { respondent, survey = null } = await readBody(c.req.raw, unsubscribeSchema);
    const entry: StoredUnsubscribe = {
      survey_id: within(c.var.principal, survey),
      respondent_id: respondent,
      source: "api",
      created_at: c.var.now,
    };
    await unsubscribe(recorded(c, { survey, target: null, respondent }), entry);
    return c.json(publicUnsubscribe(entry), 201);
  })
  .delete("/", async (c) => {
    const { respondent, survey = null } = readQuery(c, unsubscribeQuerySchema);
    const act = recorded(c, { survey, target: null, respondent });
    if (!(await resubscribe(act, within(c.var.principal, survey), respondent))) throw new Problem("not_found");
    return c.body(null, 204);
  });

/** The lists that the key may read, in order; null for all lists. */
function listsOf(principal: Principal, survey: string | undefined): string[] | null {
  if (principal.survey !== null) return [within(principal, survey ?? principal.survey)];
  return survey === undefined ? null : ["", survey];
}

/** The list of this survey, if the key reaches it; null, for all surveys, is the list ''. */
function within({ survey: bound }: Principal, survey: string | null): string {
  if (bound !== null && survey !== bound) throw new Problem("forbidden");
  return survey ?? "";
}

/**
 * The position that a cursor holds. It is encoded, because a respondent's id may be of any script and a cursor holds single
 * bytes.
 */
function positionOf(key: string): { survey: string; respondent: string } {
  try {
    const [survey = "", ...respondent] = decodeURIComponent(key).split(" ");
    return { survey, respondent: respondent.join(" ") };
  } catch {
    throw invalid("/cursor", "is not one that this list gave out");
  }
}
