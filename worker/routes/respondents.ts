import type { Context } from "hono";
import { Hono } from "hono";
import type * as z from "zod";
import { pagingSchema } from "../../shared/schema/paging.ts";
import type { Erased, Person } from "../../shared/schema/person.ts";
import { personPageQuerySchema, personQuerySchema } from "../../shared/schema/person.ts";
import { respondentIdSchema } from "../../shared/schema/response.ts";
import { listInvitationsOf, listMailsOf, listResponsesOf } from "../db/respondents.ts";
import type { App } from "../env.ts";
import { actOf, recordRead } from "../http/audit.ts";
import { needs } from "../http/auth.ts";
import { checked } from "../http/body.ts";
import { openCursor, pageOf } from "../http/cursor.ts";
import { readQuery } from "../http/query.ts";
import { publicPersonInvitation, publicPersonResponse, publicPersonUnsubscribe } from "../replies/person.ts";
import { erasePerson } from "../respondents/erase.ts";
import { listUnsubscribesOfPerson } from "../respondents/unsubscribing.ts";

const MOST = 1000;

/**
 * /v1/respondents?respondent=: everything that is stored of one person in the surveys that the key reaches, and its erasure. The
 * id may also be in the path, unless it is `.` or `..`, which addresses read as a step.
 */
export const respondents = new Hono<App>()
  .use(needs("admin"))
  .get("/", (c) => {
    const { respondent, ...paging } = readQuery(c, personPageQuerySchema);
    return show(c, respondent, paging);
  })
  .get("/:respondent", (c) => show(c, respondentIn(c), readQuery(c, pagingSchema)))
  .delete("/", (c) => erase(c, readQuery(c, personQuerySchema).respondent))
  .delete("/:respondent", (c) => erase(c, respondentIn(c)));

function respondentIn(c: Context<App>): string {
  return checked(c.req.param("respondent"), respondentIdSchema);
}

async function show(
  c: Context<App>,
  respondent: string,
  { limit, cursor }: z.output<typeof pagingSchema>,
): Promise<Response> {
  const [survey = "", id = ""] = openCursor(cursor).split(" ");
  const { store, principal } = c.var;
  const found = await listResponsesOf(store, respondent, principal.survey, { survey, id }, limit + 1);
  const invitations = await listInvitationsOf(store, respondent, principal.survey, MOST);
  const mails = await listMailsOf(
    store,
    invitations.map(({ id }) => id),
  );
  const unsubscribes = await listUnsubscribesOfPerson(store, respondent, principal.survey, MOST);
  const person: Person = {
    respondent,
    ...pageOf(found, limit, (row) => `${row.survey_id} ${row.id}`, publicPersonResponse),
    invitations: invitations.map((invitation) => publicPersonInvitation(invitation, mails)),
    unsubscribes: unsubscribes.map(publicPersonUnsubscribe),
  };
  await recordRead(c, { target: null, respondent });
  return c.json(person);
}

async function erase(c: Context<App>, respondent: string): Promise<Response> {
  const { now, principal, store } = c.var;
  // The audit log does not say who was erased.
  const erased = await erasePerson(store, respondent, principal.survey, now, actOf(c, { target: null }));
  return c.json(erased satisfies Erased);
}
