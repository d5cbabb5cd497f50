import type { Context } from "hono";
import { Hono } from "hono";
import { limits } from "../../../shared/limits.ts";
import { lowestResponseId } from "../../../shared/response-id.ts";
import { delightedPeopleSchema, delightedPersonSchema } from "../../../shared/schema/delighted.ts";
import { respondentIdSchema } from "../../../shared/schema/response.ts";
import { listPeople, revokeOpenInvitations } from "../../db/people.ts";
import { readBodyFields, readQueryFields } from "../../delighted/fields.ts";
import { makePerson } from "../../delighted/make-person.ts";
import { linkNext } from "../../delighted/next-link.ts";
import { peopleById, respondentIn } from "../../delighted/people.ts";
import { opensTo, projectOf } from "../../delighted/project.ts";
import type { App } from "../../env.ts";
import { actOf, recorded, recordRead } from "../../http/audit.ts";
import { checked } from "../../http/body.ts";
import { openCursor, sealCursor } from "../../http/cursor.ts";
import { invalid, Problem } from "../../problem.ts";
import { erasePerson } from "../../respondents/erase.ts";

/** How many invitations, and as many responses, one page of people looks at for each person it may show. */
const LOOKED_AT = 5;

/** /delighted/v1/people: everybody whom the survey knows, one person, a new one with their link, and erasure. */
export const people = new Hono<App>()
  .get("/", opensTo("comments"), async (c) => {
    const query = readQueryFields(c, delightedPeopleSchema);
    const survey = await projectOf(c);
    const one = query.email ?? query.phone_number;
    if (one !== undefined) {
      const found = await peopleById(c.var.store, survey.id, [one]);
      await recordRead(c, { survey: survey.id, target: null, respondent: one });
      return c.json([...found.values()]);
    }
    const { per_page: size, since = 0, until } = query;
    const place = openCursor(query.cursor);
    if (query.page > 1) throw invalid("/page", "is not counted here: follow the address in `Link`");
    if (place !== "" && !/^[0-9a-f-]{36}$/.test(place)) throw invalid("/cursor", "is not one that this list gave out");
    const { people: met, next } = await listPeople(
      c.var.store,
      survey.id,
      {
        after: place || (since === 0 ? "" : lowestResponseId(since)),
        before: until === undefined ? "~" : lowestResponseId(until + 1000),
      },
      size,
      Math.max(limits.pageLimit, size * LOOKED_AT),
    );
    if (next !== null) linkNext(c, { cursor: sealCursor(next)! });
    const shown = await peopleById(
      c.var.store,
      survey.id,
      met.map(({ respondent }) => respondent),
    );
    return c.json(met.flatMap(({ respondent }) => shown.get(respondent) ?? []));
  })
  .post("/", opensTo("write"), async (c) => {
    const sent = checked(await readBodyFields(c), delightedPersonSchema);
    const made = await makePerson(c, await projectOf(c), sent);
    return c.json(made, made.survey_url === null ? 200 : 201);
  })
  .get("/:person", opensTo("comments"), async (c) => {
    const survey = await projectOf(c);
    const respondent = personIn(c);
    const person = (await peopleById(c.var.store, survey.id, [respondent])).get(respondent);
    await recordRead(c, { survey: survey.id, target: null, respondent });
    if (!person) throw unknownPerson();
    return c.json(person);
  })
  .delete("/:person", opensTo("admin"), async (c) => {
    const survey = await projectOf(c);
    // The audit log does not say who was erased.
    const act = actOf(c, { survey: survey.id, target: null });
    const erased = await erasePerson(c.var.store, personIn(c), survey.id, c.var.now, act);
    if (erased.more)
      throw new Problem("overloaded", {
        detail: "The person has more responses than one call erases: send it again.",
        retryAfterSeconds: 1,
      });
    if (erased.responses + erased.invitations === 0) throw unknownPerson();
    return c.json({ ok: true }, 202);
  })
  .delete("/:person/survey_requests/pending", opensTo("write"), async (c) => {
    const survey = await projectOf(c);
    const respondent = personIn(c);
    const act = recorded(c, { survey: survey.id, target: null, respondent });
    await revokeOpenInvitations(act, survey.id, respondent, c.var.now);
    return c.json({ ok: true });
  });

function personIn(c: Context<App>): string {
  return checked(respondentIn(c.req.param("person") ?? ""), respondentIdSchema);
}

function unknownPerson(): Problem {
  return new Problem("not_found", { detail: "The survey knows no such person." });
}
