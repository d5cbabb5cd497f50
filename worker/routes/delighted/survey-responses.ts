import type { Context } from "hono";
import { Hono } from "hono";
import {
  changedDelightedResponseSchema,
  delightedOneSchema,
  delightedResponsesSchema,
  newDelightedResponseSchema,
} from "../../../shared/schema/delighted.ts";
import { readBodyFields, readQueryFields } from "../../delighted/fields.ts";
import { listDelighted } from "../../delighted/list-responses.ts";
import { linkNext } from "../../delighted/next-link.ts";
import { opensTo, projectOf } from "../../delighted/project.ts";
import { shownResponses } from "../../delighted/responses.ts";
import { changeDelighted, createDelighted, mustFind } from "../../delighted/write-response.ts";
import type { App } from "../../env.ts";
import { recordRead } from "../../http/audit.ts";
import { checked } from "../../http/body.ts";
import { invalid } from "../../problem.ts";

/** /delighted/v1/survey_responses: the list, one of them, a new one, and a change; the id of a change may be in its body alone. */
export const surveyResponses = new Hono<App>()
  .get("/", opensTo("comments"), async (c) => {
    const query = readQueryFields(c, delightedResponsesSchema);
    const survey = await projectOf(c);
    const { rows, next } = await listDelighted(c.var.store, survey.id, query);
    const respondent = query.person_id ?? query.person_email ?? query.person_phone_number;
    if (respondent !== undefined) await recordRead(c, { survey: survey.id, target: null, respondent });
    if (next) linkNext(c, next);
    return c.json(await shownResponses(c, survey, rows, query.expand));
  })
  .get("/:response", opensTo("comments"), async (c) => {
    const { expand } = readQueryFields(c, delightedOneSchema);
    const survey = await projectOf(c);
    const [shown] = await shownResponses(c, survey, [await mustFind(c, survey, c.req.param("response"))], expand);
    return c.json(shown);
  })
  .post("/", opensTo("write"), async (c) => {
    const sent = checked(await readBodyFields(c), newDelightedResponseSchema);
    const survey = await projectOf(c);
    const { row, created } = await createDelighted(c, survey, sent);
    const [shown] = await shownResponses(c, survey, [row], []);
    return c.json(shown, created ? 201 : 200);
  })
  .put("/", opensTo("write"), async (c) => change(c, undefined))
  .put("/:response", opensTo("write"), async (c) => change(c, c.req.param("response")));

async function change(c: Context<App>, named: string | undefined): Promise<Response> {
  const fields = await readBodyFields(c);
  const { expand } = readQueryFields(c, delightedOneSchema);
  const id = named ?? fields.id;
  if (typeof id !== "string" || id === "") throw invalid("/id", "can't be blank");
  const sent = checked(fields, changedDelightedResponseSchema);
  const survey = await projectOf(c);
  const [shown] = await shownResponses(c, survey, [await changeDelighted(c, survey, id, sent)], expand);
  return c.json(shown);
}
