/** Counts every raw row anew, in plain code, and compares with the counters that the triggers kept. */
import { env } from "cloudflare:workers";
import { expect } from "vitest";

type Raw = {
  day: string;
  nps: number | null;
  csat: number | null;
  comment: string | null;
  segments: string;
  channel: string;
};

/** Fails unless each rollup row of the survey is what its responses add up to. */
export async function expectRecountAgrees(survey: string): Promise<void> {
  expect(await counters(survey)).toEqual(await recount(survey));
}

async function recount(survey: string): Promise<Record<string, Record<string, number>>> {
  const { results } = await env.DB.prepare(
    "SELECT day, nps, csat, comment, segments, channel FROM responses WHERE survey_id = ? AND test = 0 AND excluded = 0",
  )
    .bind(survey)
    .all<Raw>();
  const found: Record<string, Record<string, number>> = {};
  for (const raw of results)
    for (const [segment, value] of [["", ""], ...Object.entries(JSON.parse(raw.segments))]) {
      const key = `${segment}|${raw.day}|${value}`;
      found[key] ??= {};
      const counts = found[key];
      const add = (name: string) => {
        counts[name] = (counts[name] ?? 0) + 1;
      };
      add("responses");
      if (raw.nps !== null) add(`nps_${raw.nps}`);
      if (raw.csat !== null) add(`csat_${raw.csat}`);
      if (raw.comment !== null) add("comments");
      if (raw.channel === "page") add("in_page");
    }
  return found;
}

async function counters(survey: string): Promise<Record<string, Record<string, number>>> {
  const { results } = await env.DB.prepare("SELECT * FROM rollups WHERE survey_id = ?").bind(survey).all();
  const found: Record<string, Record<string, number>> = {};
  for (const { survey_id: _, segment, day, value, changes: __, shown: ___, dismissed: ____, ...counts } of results) {
    const filled = Object.entries(counts as Record<string, number>).filter(([, count]) => count !== 0);
    if (filled.length > 0) found[`${segment}|${day}|${value}`] = Object.fromEntries(filled);
  }
  return found;
}
