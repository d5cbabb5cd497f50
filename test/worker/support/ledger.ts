/** Computes every figure a second time, from the raw rows by plain loops. It shares only score.ts with the collector. */
import { env } from "cloudflare:workers";
import { expect } from "vitest";
import { limits } from "../../../shared/limits.ts";
import { csatMetrics, npsMetrics } from "../../../shared/score.ts";
import { REST } from "../../../shared/segments.ts";

export type Entry = {
  day: string;
  nps: number | null;
  csat: number | null;
  commented: boolean;
  unverified: boolean;
  /** The segments under which the row was counted when the ledger last read it. */
  values: Record<string, string>;
  topics: string[];
};

type Raw = {
  day: string;
  nps: number | null;
  csat: number | null;
  comment: string | null;
  respondent_id: string | null;
  respondent_verified: number;
  properties: string;
  channel: string;
  segments: string;
};

export type Range = { from: string; to: string };

export class Ledger {
  /** Rows that retention deleted, as they were counted last. */
  private purged: Entry[] = [];
  private readonly survey: string;

  constructor(survey: string) {
    this.survey = survey;
  }

  /** Deletes the raw rows of the days before `day`, as retention does, and remembers what they were. */
  async purge(day: string, declared: string[], topics: Record<string, string>): Promise<void> {
    const entries = await this.current(declared, topics);
    this.purged.push(...entries.filter((entry) => entry.day < day));
    await env.DB.prepare("DELETE FROM responses WHERE survey_id = ? AND day < ?").bind(this.survey, day).run();
  }

  /**
   * After an erasure: a value that no counter knows any more was folded into the rest, in the purged rows too. Fails where
   * that took a value from more responses than an erasure may.
   */
  async foldPurged(): Promise<void> {
    const { results } = await env.DB.prepare("SELECT DISTINCT segment, value FROM rollups WHERE survey_id = ?")
      .bind(this.survey)
      .all<{ segment: string; value: string }>();
    const counted = new Set(results.map(({ segment, value }) => `${segment}:${value}`));
    const folded: Record<string, number> = {};
    for (const { values } of this.purged)
      for (const [segment, value] of Object.entries(values)) {
        const pair = `${segment}:${value}`;
        if (counted.has(pair)) continue;
        values[segment] = REST;
        folded[pair] = (folded[pair] ?? 0) + 1;
      }
    for (const taken of Object.values(folded)) expect(taken).toBeLessThan(limits.sharedValueLeast);
  }

  async entries(declared: string[], topics: Record<string, string>): Promise<Entry[]> {
    return [...this.purged, ...(await this.current(declared, topics))];
  }

  private async current(declared: string[], topics: Record<string, string>): Promise<Entry[]> {
    const { results } = await env.DB.prepare(
      "SELECT * FROM responses WHERE survey_id = ? AND test = 0 AND excluded = 0",
    )
      .bind(this.survey)
      .all<Raw>();
    return results.map((raw) => entryOf(raw, declared, topics));
  }
}

function entryOf(raw: Raw, declared: string[], topics: Record<string, string>): Entry {
  const known: Record<string, unknown> = { ...JSON.parse(raw.properties), channel: raw.channel };
  const counted: Record<string, string> = JSON.parse(raw.segments);
  const values: Record<string, string> = {};
  for (const name of declared) {
    const parts = name.split("×").map((part) => known[part]);
    if (parts.every((part) => part !== undefined && part !== null && part !== "")) values[name] = parts.join("×");
    // No survey here has a hundred values: only an erasure of somebody else can have folded one.
    if (values[name] !== undefined && counted[name] === REST) values[name] = REST;
  }
  return {
    day: raw.day,
    nps: raw.nps,
    csat: raw.csat,
    commented: raw.comment !== null,
    unverified: raw.respondent_id !== null && !raw.respondent_verified,
    values,
    topics: Object.keys(topics).filter((name) => raw.comment?.toLowerCase().includes(topics[name]!)),
  };
}

/** Responses, comments and scores of the entries, as the API shows them. */
export function figures(entries: readonly Entry[]) {
  const nps = Array(11).fill(0);
  const csat = Array(5).fill(0);
  for (const entry of entries) {
    if (entry.nps !== null) nps[entry.nps]++;
    if (entry.csat !== null) csat[entry.csat - 1]++;
  }
  return {
    responses: entries.length,
    comments: entries.filter(({ commented }) => commented).length,
    nps: npsMetrics(nps),
    csat: csatMetrics(csat),
  };
}

export function within(entries: readonly Entry[], { from, to }: Range): Entry[] {
  return entries.filter(({ day }) => day >= from && day <= to);
}
