/** Counts every raw row anew, in plain code, and compares with the counters that the triggers kept. */
import { env } from "cloudflare:workers";
import { expect } from "vitest";
import { answerHours } from "../../../shared/cases.ts";

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
  expect(await answers(survey)).toEqual(await recountAnswers(survey));
}

type RawCase = Pick<Raw, "day" | "nps" | "csat"> & {
  created_at: number;
  status: string;
  replied_at: number | null;
  resolved_at: number | null;
};

const HOUR = 3_600_000;

async function recountAnswers(survey: string): Promise<Record<string, Record<string, number>>> {
  const { results } = await env.DB.prepare(
    `SELECT day, nps, csat, created_at, status, replied_at, resolved_at FROM responses
     WHERE survey_id = ? AND test = 0 AND excluded = 0`,
  )
    .bind(survey)
    .all<RawCase>();
  const found: Record<string, Record<string, number>> = {};
  for (const raw of results) {
    const resolved = raw.status === "resolved" ? raw.resolved_at : null;
    const at = Math.min(raw.replied_at ?? Number.POSITIVE_INFINITY, resolved ?? Number.POSITIVE_INFINITY);
    if (!isUnhappy(raw) || at === Number.POSITIVE_INFINITY) continue;
    const within = answerHours.find((hours) => at - raw.created_at <= hours * HOUR);
    const name = within === undefined ? "later" : `within_${within}`;
    found[raw.day] ??= {};
    found[raw.day]![name] = (found[raw.day]![name] ?? 0) + 1;
  }
  return found;
}

async function answers(survey: string): Promise<Record<string, Record<string, number>>> {
  const { results } = await env.DB.prepare("SELECT * FROM cases_daily WHERE survey_id = ?").bind(survey).all();
  const days = results.map(({ survey_id: _, day, ...counts }): [string, Record<string, number>] => [
    String(day),
    Object.fromEntries(Object.entries(counts as Record<string, number>).filter(([, count]) => count !== 0)),
  ]);
  return Object.fromEntries(days.filter(([, counts]) => Object.keys(counts).length > 0));
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
      if (segment === "" && isUnhappy(raw)) add("unhappy");
    }
  return found;
}

/** Says in plain words what shared/cases.ts defines. */
const isUnhappy = ({ nps, csat }: Pick<Raw, "nps" | "csat">) => (nps ?? 10) <= 6 || (csat ?? 5) <= 2;

async function counters(survey: string): Promise<Record<string, Record<string, number>>> {
  const { results } = await env.DB.prepare("SELECT * FROM rollups WHERE survey_id = ?").bind(survey).all();
  const found: Record<string, Record<string, number>> = {};
  for (const { survey_id: _, segment, day, value, changes: __, shown: ___, dismissed: ____, ...counts } of results) {
    const filled = Object.entries(counts as Record<string, number>).filter(([, count]) => count !== 0);
    if (filled.length > 0) found[`${segment}|${day}|${value}`] = Object.fromEntries(filled);
  }
  return found;
}
