/** One viewer's stream: what the feed holds and this viewer has not seen, until the connection's allowance is used up. */
import type { MetricsQuery } from "../../shared/schema/metrics-query.ts";
import { findVersionedSurvey } from "../db/metrics-version.ts";
import { itemOf } from "../db/response-items.ts";
import type { Store } from "../db/store.ts";
import type { StoredSurvey } from "../db/surveys.ts";
import { questionOf } from "../metrics/query.ts";
import { readMetrics } from "../metrics/read.ts";
import { today } from "../surveys/booking-day.ts";
import type { StreamPosition } from "./event-id.ts";
import { advance, eventIdOf, LATE_MS, markSeen } from "./event-id.ts";
import type { Feed } from "./feed.ts";
import { claimed, commentsSince, feedOf, refresh } from "./feed.ts";

export type Viewer = {
  /** As it was when the viewer came, and the version of its metrics. */
  survey: StoredSurvey;
  metricsVersion: string;
  query: MetricsQuery;
  /** Whether it may see comments, not only figures. */
  comments: boolean;
  /** Where an earlier connection ended; null for a new viewer. */
  position: StreamPosition | null;
  /** Instant at which the stream ends at the latest. */
  until: number;
};

/** The platform allows an invocation 50 queries on the free plan; some went into finding out who asks. */
const QUERIES = 40;
const TICK_MS = 400;
const BEAT_MS = 15_000;
/** A browser asks again so soon after the stream has ended. */
const RETRY_MS = 500;
/** Chunks that may wait for a viewer who does not read. */
const MOST_WAITING = 100;

/** Server-sent events `metrics` and `comment`. Ends by itself; each event's id is where to go on. */
export function watch(viewer: Viewer, database: Store, clock: () => number): ReadableStream<Uint8Array> {
  let isCancelled = false;
  return new ReadableStream<Uint8Array>({
    async start(controller) {
      const encoder = new TextEncoder();
      const write = (text: string) => controller.enqueue(encoder.encode(text));
      try {
        write(`retry: ${RETRY_MS}\n\n`);
        const isSlow = () => (controller.desiredSize ?? 0) < -MOST_WAITING;
        await follow(viewer, counted(database), clock, write, () => isCancelled || isSlow());
        if (!isCancelled) controller.close();
      } catch (error) {
        if (!isCancelled) controller.error(error);
      }
    },
    cancel() {
      isCancelled = true;
    },
  });
}

async function follow(
  viewer: Viewer,
  { store, left }: CountedStore,
  clock: () => number,
  write: (text: string) => void,
  isOver: () => boolean,
): Promise<void> {
  const feed = feedOf(viewer.survey.id);
  const position = viewer.position ?? { at: clock(), metricsVersion: "", seen: new Map() };
  const sendEvent = (event: string, json: string) =>
    write(`event: ${event}\nid: ${eventIdOf(position)}\ndata: ${json}\n\n`);
  const sendNewComments = (comments: Feed["comments"]) => {
    for (const row of comments) {
      // One by one: an event's id must not name a comment that is yet to be sent.
      if (!markSeen(position, row)) continue;
      advance(position);
      sendEvent("comment", JSON.stringify(itemOf(row)));
    }
  };

  if (viewer.metricsVersion !== feed.metricsVersion) feed.checkedAt = 0;
  // What was there before a new viewer came is no news; what came while one was away is.
  if (viewer.comments) {
    const missed = await commentsSince(store, viewer.survey.id, position.at - LATE_MS);
    if (viewer.position) sendNewComments(missed);
    else for (const row of missed) markSeen(position, row);
  }
  let beat = clock();
  while (!isOver()) {
    await refresh(feed, store, clock);
    const metrics = await metricsOf(feed, viewer, store, clock);
    if (metrics && metrics.version !== position.metricsVersion) {
      position.metricsVersion = metrics.version;
      sendEvent("metrics", metrics.json);
    }
    if (viewer.comments) sendNewComments(feed.comments);
    if (clock() >= viewer.until || left() < QUERIES_A_TICK) return;
    if (clock() - beat >= BEAT_MS) {
      beat = clock();
      write(": still here\n\n");
    }
    await new Promise((resolve) => setTimeout(resolve, TICK_MS));
  }
}

/** The survey, its metrics with groups and comparison, the newest total, a thousand comments. */
const QUERIES_A_TICK = 13;

/** The metrics of the version that the feed has, made by the first viewer with this query who finds them missing. */
async function metricsOf(feed: Feed, viewer: Viewer, store: Store, clock: () => number) {
  const { survey, query } = viewer;
  const key = JSON.stringify(query);
  // At midnight the days asked for move on though nothing was counted.
  const version = `${feed.metricsVersion ?? "none"} ${today(viewer.survey, clock())}`;
  if (feed.metrics.get(key)?.version !== version)
    await claimed(feed, key, clock, async () => {
      const found = await findVersionedSurvey(store, survey.id);
      if (!found) return;
      const now = clock();
      const metrics = await readMetrics(store, questionOf([found.survey], query, now));
      const body = { survey: survey.id, ...metrics, updated_at: new Date(now).toISOString() };
      feed.metrics.set(key, { version, json: JSON.stringify(body) });
    });
  return feed.metrics.get(key);
}

type CountedStore = { store: Store; left(): number };

/** The same store, and how many queries are left to this connection. */
function counted(inner: Store): CountedStore {
  let used = 0;
  const count = <Result>(queries: number, result: Result): Result => {
    used += queries;
    return result;
  };
  return {
    left: () => QUERIES - used,
    store: {
      all: (query) => count(1, inner.all(query)),
      first: (query) => count(1, inner.first(query)),
      batch: (queries) => count(queries.length, inner.batch(queries)),
    },
  };
}
