import { Hono } from "hono";
import { keyDeleteSchema, newKeySchema } from "../../shared/schema/key.ts";
import { pagingSchema } from "../../shared/schema/paging.ts";
import { scopes } from "../../shared/vocabulary.ts";
import { makeKey } from "../crypto/api-key.ts";
import { hashText } from "../crypto/hash.ts";
import { deleteKeys, findKey, insertKey, listBranch, listKeys } from "../db/keys.ts";
import { findSurvey } from "../db/surveys.ts";
import type { App } from "../env.ts";
import { recorded } from "../http/audit.ts";
import { needs, ROOT } from "../http/auth.ts";
import { readBody } from "../http/body.ts";
import { openCursor, pageOf } from "../http/cursor.ts";
import { readQuery } from "../http/query.ts";
import { invalid, Problem } from "../problem.ts";
import { publicKey } from "../replies/key.ts";

/**
 * /v1/keys: an admin makes keys that may do no more than its own. A key is shown once, and is revoked with the keys that it
 * made.
 */
export const keys = new Hono<App>()
  .use(needs("admin"))
  .get("/", async (c) => {
    const { limit, cursor } = readQuery(c, pagingSchema);
    const found = await listKeys(c.var.store, openCursor(cursor), c.var.principal.survey, limit + 1);
    return c.json(pageOf(found, limit, (key) => key.id, publicKey));
  })
  .post("/", async (c) => {
    const { principal, store, now } = c.var;
    const { name, scope, survey = null, expires_at = null } = await readBody(c.req.raw, newKeySchema);
    if (scopes.indexOf(scope) > scopes.indexOf(principal.scope)) throw new Problem("forbidden");
    if (principal.survey !== null && survey !== principal.survey) throw new Problem("forbidden");
    if (survey !== null && !(await findSurvey(store, survey))) throw invalid("/survey", "is not a survey here");
    const expiry = expires_at === null ? principal.expires_at : Date.parse(expires_at);
    if (expiry !== null && expiry <= now) throw invalid("/expires_at", "must be in the future");
    if (expiry !== null && principal.expires_at !== null && expiry > principal.expires_at)
      throw invalid("/expires_at", "must not be later than that of the key that makes it");
    const { id, key } = makeKey();
    const stored = {
      id,
      hash: await hashText(key),
      name,
      scope,
      survey_id: survey,
      created_at: now,
      expires_at: expiry,
      made_by: principal.id === ROOT ? null : principal.id,
    };
    if (!(await insertKey(recorded(c, { survey, target: id, detail: [scope] }), stored)))
      throw new Problem("unauthorized");
    return c.json({ ...publicKey(stored), key }, 201);
  })
  .delete("/:key", async (c) => {
    const id = c.req.param("key");
    const { store, principal } = c.var;
    const asked = { only: principal.survey, made: readQuery(c, keyDeleteSchema).made === "revoke" };
    // The row belongs to the survey that the key was bound to, so that its admins see it, and names all keys that were revoked.
    const survey = (await findKey(store, id))?.survey_id ?? null;
    const detail = (await listBranch(store, id, asked)).filter((each) => each !== id);
    if ((await deleteKeys(recorded(c, { survey, detail }), id, asked)) === 0) throw new Problem("not_found");
    return c.body(null, 204);
  });
