import type { Context } from "hono";
import { Hono } from "hono";
import type { ImportQuery } from "../../shared/schema/import.ts";
import { importQuerySchema } from "../../shared/schema/import.ts";
import { isArchive } from "../archive/restore.ts";
import type { App } from "../env.ts";
import { recorded } from "../http/audit.ts";
import { needs, reaches } from "../http/auth.ts";
import { readQuery } from "../http/query.ts";
import { importArchive, importLines } from "../imports/import-lines.ts";
import { readImport } from "../imports/read-body.ts";
import type { ReadLine } from "../imports/read-lines.ts";
import { readCsv, readNdjson } from "../imports/read-lines.ts";
import { invalid, Problem } from "../problem.ts";
import { surveyOfPath } from "../surveys/find-survey.ts";

/**
 * POST /v1/surveys/:survey/import: answers of earlier times, people who are not to be asked, and when people were last asked, as
 * NDJSON or CSV. All lines are read before the first is stored; sent again, it stores nothing twice.
 */
export const imports = new Hono<App>().post("/", needs("write"), async (c) => {
  const query = readQuery(c, importQuerySchema);
  const survey = await surveyOfPath(c);
  const lines = await readLines(c, query);
  const act = recorded(c, { detail: [`lines: ${lines.length}`, ...(query.source ? [`source: ${query.source}`] : [])] });
  const stores = { store: c.var.store, act };
  if (isArchive(lines) && !reaches(c.var.principal, "admin", survey.id)) throw new Problem("forbidden");
  const { isClean, reply } = isArchive(lines)
    ? await importArchive(stores, survey, lines, query, c.var.now)
    : await importLines(stores, survey, lines, query, c.var.now);
  return c.json(reply, isClean ? 200 : 422);
});

async function readLines(c: Context<App>, { map }: ImportQuery): Promise<ReadLine[]> {
  const type = c.req.header("Content-Type")?.split(";")[0]?.trim().toLowerCase() ?? "";
  if (type !== "application/x-ndjson" && type !== "text/csv")
    throw new Problem("unsupported_media_type", {
      detail: `The body came as ${type.slice(0, 60) || "nothing named"}. Send NDJSON as application/x-ndjson or CSV as text/csv.`,
    });
  if (map && type !== "text/csv") throw invalid("map", "is for CSV: the names of NDJSON are fields of ours already");
  const text = await readImport(c.req.raw);
  return type === "text/csv" ? readCsv(text, map) : readNdjson(text);
}
