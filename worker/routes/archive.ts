import { Hono } from "hono";
import { archiveQuerySchema } from "../../shared/schema/archive.ts";
import { archiveStream, positionOf } from "../archive/stream.ts";
import { mustBeWhole } from "../db/surveys.ts";
import type { App } from "../env.ts";
import { recordRead } from "../http/audit.ts";
import { needs } from "../http/auth.ts";
import { openCursor } from "../http/cursor.ts";
import { readQuery } from "../http/query.ts";
import { invalid } from "../problem.ts";
import { surveyOfPath } from "../surveys/find-survey.ts";

/**
 * GET /v1/surveys/:survey/archive: settings, responses, invitations, unsubscribes and counters as lines of NDJSON, which the
 * import of a new survey takes back. No key and no secret is among them.
 */
export const archive = new Hono<App>().get("/", needs("admin"), async (c) => {
  const { cursor } = readQuery(c, archiveQuerySchema);
  const survey = await surveyOfPath(c);
  mustBeWhole(survey);
  const position = cursor === undefined ? null : positionOf(openCursor(cursor));
  if (cursor !== undefined && position === null) throw invalid("/cursor", "is not one that an archive gave out");
  await recordRead(c, { target: null });
  return c.body(archiveStream(c.var.store, survey, position, c.var.now), 200, {
    "Content-Type": "application/x-ndjson",
    "Content-Disposition": `attachment; filename="archive-${survey.id}.ndjson"`,
  });
});
