/**
 * The news of a survey, read once a second for all viewers in this isolate together. Viewers share plain values only, because
 * the platform ties queries and timers to the request that made them: the viewer that finds the feed outdated reads it anew,
 * on its own connection and out of its own number of queries, and the others use what it has read.
 */
import type { CommentRow } from "../db/comments.ts";
import { listNewComments } from "../db/comments.ts";
import { findMetricsVersion } from "../db/metrics-version.ts";
import type { Store } from "../db/store.ts";
import type { IsolateCache } from "../isolate-cache.ts";
import { isolateCache } from "../isolate-cache.ts";
import { LATE_MS, MOST_MARKS } from "./event-id.ts";

/**
 * The newest comments, at most MOST_MARKS, oldest first. `before`: the comment before the first, if there are more; else null.
 */
export type NewComments = { rows: CommentRow[]; before: CommentRow | null };

export type Feed = {
  survey: string;
  metricsVersion: string | null;
  /** The comments first stored within twice LATE_MS before the last check. */
  comments: NewComments;
  checkedAt: number;
  /** What viewers are reading at present, and since when. Such a viewer may have gone away meanwhile. */
  claims: Map<string, number>;
  /** The metrics as sent, by query, each with the version from which it was made. */
  metrics: IsolateCache<{ version: string; json: string }>;
};

const POLL_MS = 1000;
const CLAIM_MS = 5000;
const QUERIES_KEPT = 50;

/** Safe to keep, because a viewer brings a feed up to date before it reads it. */
const feeds = isolateCache<Feed>(200);

export function feedOf(survey: string): Feed {
  return feeds.getOrMake(survey, () => ({
    survey,
    metricsVersion: null,
    comments: { rows: [], before: null },
    checkedAt: 0,
    claims: new Map(),
    metrics: isolateCache(QUERIES_KEPT),
  }));
}

/** Brings the feed up to date if it is a second old and no other viewer is doing so. */
export async function refresh(feed: Feed, store: Store, clock: () => number): Promise<void> {
  if (clock() - feed.checkedAt < POLL_MS) return;
  await claimed(feed, "comments", clock, async () => {
    const since = Math.max(feed.checkedAt, clock() - LATE_MS) - LATE_MS;
    const metricsVersion = await findMetricsVersion(store, feed.survey);
    // Every comment changes the version, so an equal version means that there is no new comment either.
    if (metricsVersion !== feed.metricsVersion) feed.comments = await commentsSince(store, feed.survey, since);
    feed.metricsVersion = metricsVersion;
    feed.checkedAt = clock();
  });
}

/** Runs `work` unless another viewer is doing the same. A claim that its viewer never gives back ends after CLAIM_MS. */
export async function claimed(feed: Feed, what: string, clock: () => number, work: () => Promise<void>): Promise<void> {
  if (clock() - (feed.claims.get(what) ?? Number.NEGATIVE_INFINITY) < CLAIM_MS) return;
  feed.claims.set(what, clock());
  try {
    await work();
  } finally {
    feed.claims.delete(what);
  }
}

/** The comments first stored after `since`. Costs one query, however many there are. */
export async function commentsSince(store: Store, survey: string, since: number): Promise<NewComments> {
  const found = (await listNewComments(store, survey, since, MOST_MARKS + 1)).reverse();
  const before = found.length > MOST_MARKS ? found.shift()! : null;
  return { rows: found, before };
}
