import { Hono } from "hono";
import { pagingSchema } from "../../shared/schema/paging.ts";
import type { NewSigningKey } from "../../shared/schema/signing-key.ts";
import { newSigningKeySchema } from "../../shared/schema/signing-key.ts";
import { makeSigningKey } from "../crypto/signing-key.ts";
import { deleteSigningKey, insertSigningKey, listSigningKeys } from "../db/signing-keys.ts";
import type { App } from "../env.ts";
import { recorded } from "../http/audit.ts";
import { needs } from "../http/auth.ts";
import { readBody } from "../http/body.ts";
import { openCursor, pageOf } from "../http/cursor.ts";
import { readQuery } from "../http/query.ts";
import { Problem } from "../problem.ts";
import { publicSigningKey } from "../replies/signing-key.ts";
import { surveyOfPath } from "../surveys/find-survey.ts";

/**
 * /v1/surveys/:survey/signing-keys. An identity secret is shown once, and the owner's server keeps it. To change a key, the owner
 * makes a new one, signs with it, and deletes the old one when nothing signed with it is in use. The newest link key signs all
 * new links.
 */
export const signingKeys = new Hono<App>()
  .use(needs("admin"))
  .get("/", async (c) => {
    const { limit, cursor } = readQuery(c, pagingSchema);
    const survey = await surveyOfPath(c);
    const found = await listSigningKeys(c.var.store, survey.id, openCursor(cursor), limit + 1);
    return c.json(pageOf(found, limit, (key) => key.id, publicSigningKey));
  })
  .post("/", async (c) => {
    const { use } = await readBody(c.req.raw, newSigningKeySchema);
    const survey = await surveyOfPath(c);
    const key = makeSigningKey(survey.id, use, c.var.now);
    await insertSigningKey(recorded(c, { target: key.id, detail: [use] }), key);
    const shown: NewSigningKey = { ...publicSigningKey(key), ...(use === "identity" && { secret: key.secret }) };
    return c.json(shown, 201);
  })
  .delete("/:key", async (c) => {
    const survey = await surveyOfPath(c);
    if (!(await deleteSigningKey(recorded(c), survey.id, c.req.param("key")))) throw new Problem("not_found");
    return c.body(null, 204);
  });
