/**
 * The counters of the topics within a segment. No counter knows of both, so the comments themselves are read, and held
 * against the segment's own counters: what cannot be read any more, or not in one request, shows as a day on which fewer
 * comments were read than were counted.
 */

import { scoreNames, scoresOf } from "../../shared/questions.ts";
import { addDays } from "../../shared/time/calendar.ts";
import type { Where } from "./response-filter.ts";
import { IN_SEGMENTS } from "./response-filter.ts";
import type { DayCounts, DayRange, RollupRow } from "./rollups.ts";
import { daysOf, queryOfValue } from "./rollups.ts";
import { statement } from "./statement.ts";
import type { Store } from "./store.ts";

const SCORES = scoreNames
  .flatMap((name) => scoresOf[name].map((score) => `sum(${name} IS ${score}) AS ${name}_${score}`))
  .join(", ");

/** Under the name "" stand all comments of the segment. */
const ALL = "";

const sql = {
  listTopicsWithin: statement(`SELECT topic.key AS topic, day, ${SCORES}, count(*) AS responses,
      sum(channel = 'page') AS in_page, count(*) AS comments
    FROM (SELECT * FROM responses INDEXED BY responses_by_comment
      WHERE survey_id = :survey AND comment IS NOT NULL AND test = 0 AND comment_at >= :since
      ORDER BY comment_at DESC, id DESC LIMIT :most) AS newest
    CROSS JOIN json_each(json_set(segments, '$.""', 'true')) AS topic
    WHERE day BETWEEN :from AND :to AND excluded = 0 AND ${IN_SEGMENTS}
      AND topic.key IN (SELECT value FROM json_each(:topics))
    GROUP BY topic.key, day`),
};

/**
 * `from`: the first day from which on all comments of the segment were read; later than `range.to` where that is none.
 * `all`: the segment's own counters from that day on, and `named` those of each of the `topics` in it.
 */
export type TopicsWithin = { from: string; all: DayCounts[]; named: Map<string, DayCounts[]> };

type Asked = { range: DayRange; where: Where; topics: readonly string[]; most: number };

/** Reads the newest `most` comments since the range began, whatever their segment, and two counters a day. */
export async function listTopicsWithin(
  store: Store,
  survey: string,
  { range, where, topics, most }: Asked,
): Promise<TopicsWithin> {
  // Nobody's comment was stored before the person's day, which nowhere begins more than 14 hours before UTC's.
  const since = Date.parse(`${addDays(range.from, -1)}T00:00:00Z`);
  const asked = { topics: JSON.stringify([ALL, ...topics]), where: JSON.stringify([where]) };
  // In one transaction, so that a comment that comes meanwhile is in all of them or in none.
  const [read = [], ...counted] = (await store.batch([
    sql.listTopicsWithin({ survey, ...range, since, most, ...asked }),
    ...where.values.map((value) => queryOfValue([survey], range, where.segment, value)),
  ])) as [(RollupRow & { topic: string })[], ...RollupRow[][]];
  const all = daysOf(counted.flat());
  const byTopic = Map.groupBy(read, ({ topic }) => topic);
  const commentsRead = new Map((byTopic.get(ALL) ?? []).map(({ day, comments }) => [day, comments]));
  const lacking = all.findLast(({ day, counts }) => counts.comments !== (commentsRead.get(day) ?? 0));
  const from = lacking ? addDays(lacking.day, 1) : range.from;
  const sinceThen = (days: readonly DayCounts[]) => days.filter(({ day }) => day >= from);
  return {
    from,
    all: sinceThen(all),
    named: new Map(topics.map((topic) => [topic, sinceThen(daysOf(byTopic.get(topic) ?? []))])),
  };
}
