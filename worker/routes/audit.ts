import { Hono } from "hono";
import { pagingSchema } from "../../shared/schema/paging.ts";
import { listActs } from "../db/audit.ts";
import type { App } from "../env.ts";
import { needs } from "../http/auth.ts";
import { openCursor, pageOf } from "../http/cursor.ts";
import { readQuery } from "../http/query.ts";
import { invalid } from "../problem.ts";
import { publicAct } from "../replies/act.ts";

/** GET /v1/audit: the acts of admins, newest first. A key that is bound to a survey gets the acts on that survey. */
export const audit = new Hono<App>().get("/", needs("admin"), async (c) => {
  const { limit, cursor } = readQuery(c, pagingSchema);
  const { survey } = c.var.principal;
  const found = await listActs(c.var.store, { ...positionOf(openCursor(cursor)), survey, limit: limit + 1 });
  return c.json(pageOf(found, limit, (act) => `${act.at} ${act.request}`, publicAct));
});

function positionOf(key: string): { before: number; request: string } {
  if (key === "") return { before: Number.MAX_SAFE_INTEGER, request: "" };
  const [at, request] = key.split(" ");
  if (!/^\d{1,15}$/.test(at ?? "") || !request) throw invalid("/cursor", "is not one that this list gave out");
  return { before: Number(at), request };
}
