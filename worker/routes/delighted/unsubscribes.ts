import { Hono } from "hono";
import { limits } from "../../../shared/limits.ts";
import { delightedListSchema, delightedUnsubscribeSchema } from "../../../shared/schema/delighted.ts";
import { readBodyFields, readQueryFields } from "../../delighted/fields.ts";
import { linkNext } from "../../delighted/next-link.ts";
import { personOf } from "../../delighted/people.ts";
import { opensTo, projectOf } from "../../delighted/project.ts";
import { unixTime } from "../../delighted/unix-time.ts";
import type { App } from "../../env.ts";
import { recorded } from "../../http/audit.ts";
import { checked } from "../../http/body.ts";
import { invalid } from "../../problem.ts";
import { listUnsubscribed, unsubscribe } from "../../respondents/unsubscribing.ts";

/** Everybody who unsubscribed from the survey or from all surveys is read to be sorted by time, up to so many. */
const MOST = limits.pagedRows;

/** /delighted/v1/unsubscribes: who is never asked, the earliest first; and one more. */
export const unsubscribes = new Hono<App>()
  .use(opensTo("write"))
  .get("/", async (c) => {
    const {
      page,
      per_page: size,
      since = 0,
      until = Number.MAX_SAFE_INTEGER,
    } = readQueryFields(c, delightedListSchema);
    const survey = await projectOf(c);
    const all = await listUnsubscribed(c.var.store, { survey: "", respondent: "" }, ["", survey.id], "", MOST + 1);
    if (all.length > MOST)
      throw invalid("/page", `cannot be counted: there are more than ${MOST} entries. Read GET /v1/unsubscribes`);
    const found = all
      .filter(({ created_at: at }) => at >= since && at < until + 1000)
      .sort((a, b) => a.created_at - b.created_at);
    if (found.length > page * size) linkNext(c, { page: String(page + 1) });
    return c.json(
      found.slice((page - 1) * size, page * size).map(({ respondent_id: id, created_at: at }) => {
        const { name, email, phone_number } = personOf(id);
        return { person_id: id, name, email, phone_number, unsubscribed_at: unixTime(at) };
      }),
    );
  })
  .post("/", async (c) => {
    const respondent = checked(await readBodyFields(c), delightedUnsubscribeSchema);
    const survey = await projectOf(c);
    await unsubscribe(recorded(c, { survey: survey.id, target: null, respondent }), {
      survey_id: survey.id,
      respondent_id: respondent,
      source: "api",
      created_at: c.var.now,
    });
    return c.json({ ok: true });
  });
