/**
 * How many rows do 10,000 refused sends of every kind write, each with values that no segment has had? `npm run
 * bench:refusals`, inside workerd on local D1; rows are D1's own count.
 *
 * Last answer, 2026-11-25: {"sends":10000,"kinds":30,"rows_written":0,"rows_read":82317,"segment_values":0,"answered_otherwise":0}
 */
import { env } from "cloudflare:workers";
import { it } from "vitest";
import { aCollector } from "../worker/support/collector.ts";
import { refusals } from "../worker/support/refusals.ts";

const SENDS = 10_000;

it("refused sends", async () => {
  const nobody = (async () => Response.json({ success: false })) as typeof fetch;
  const collector = aCollector({ fetch: nobody, secrets: { TURNSTILE_SECRET: "cf-secret" } });
  const { survey, all } = await refusals(collector);
  const values = env.DB.prepare("SELECT count(*) AS n FROM segment_values WHERE survey_id = ?").bind(survey);
  const wrong: string[] = [];
  collector.rows.reset();
  for (let index = 0; index < SENDS; index++) {
    const { name, status, send } = all[index % all.length]!;
    const reply = await send(index);
    if (reply.status !== status) wrong.push(`${name}: ${reply.status}`);
  }
  const { written, read } = collector.rows;
  console.log(
    JSON.stringify({
      sends: SENDS,
      kinds: all.length,
      rows_written: written,
      rows_read: read,
      segment_values: await values.first("n"),
      answered_otherwise: wrong.length,
    }),
  );
});
