/** The stream of one viewer: the news of the feed that this viewer has not seen, until its number of queries is used up. */
import type { MoreComments } from "../../shared/schema/live.ts";
import type { MetricsQuery } from "../../shared/schema/metrics-query.ts";
import type { CommentRow } from "../db/comments.ts";
import { keyAfter } from "../db/comments.ts";
import { findVersionedSurvey } from "../db/metrics-version.ts";
import type { Store } from "../db/store.ts";
import type { StoredSurvey } from "../db/surveys.ts";
import { sealCursor } from "../http/cursor.ts";
import { checkQuery } from "../metrics/query.ts";
import { readMetrics } from "../metrics/read.ts";
import { publicResponse } from "../replies/response.ts";
import { today } from "../surveys/booking-day.ts";
import type { StreamPosition } from "./event-id.ts";
import { eventIdOf, isTold, markSeen } from "./event-id.ts";
import type { Feed } from "./feed.ts";
import { claimed, feedOf, refresh } from "./feed.ts";
import type { Missed } from "./missed.ts";
import { findMissed } from "./missed.ts";

export type Viewer = {
  /** The survey and the version of its metrics when the viewer connected. */
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

/** The queries of one stream. The free plan allows an invocation 50, and some are used to find out who is asking. */
const QUERIES = 40;
const STEP_MS = 400;
const HEARTBEAT_MS = 15_000;
/** How long a browser waits after the stream has ended before it connects again. */
const RETRY_MS = 500;
/** How many chunks may wait for a viewer that does not read. */
const MOST_WAITING = 100;

/**
 * The stream of server-sent events `metrics`, `comment` and `more`. It ends by itself; the id of each event says where to go
 * on.
 */
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
  const position = viewer.position ?? { at: clock(), metricsVersion: "", seen: new Map(), unmarked: null };
  let events = "";
  const addEvent = (event: string, json: string) => {
    events += `event: ${event}\nid: ${eventIdOf(position)}\ndata: ${json}\n\n`;
  };
  // All events leave in one chunk, so that five hundred comments at once do not look like a viewer that does not read.
  const sendEvents = () => {
    if (events !== "") write(events);
    events = "";
  };
  const addNewComments = (rows: readonly CommentRow[]) => {
    // Each comment is marked just before its event is made, since an event's id must not name a comment that is sent later.
    for (const row of rows) if (markSeen(position, row)) addEvent("comment", JSON.stringify(publicResponse(row)));
  };
  const addMissed = async () => {
    const { rows, more } = await findMissed(store, viewer.survey.id, position, clock());
    if (more) addEvent("more", JSON.stringify(moreOf(viewer.survey.id, more)));
    addNewComments(rows);
  };

  if (viewer.metricsVersion !== feed.metricsVersion) feed.checkedAt = 0;
  // Comments from before a new viewer came are not news; comments that a returning viewer missed are.
  if (viewer.comments && viewer.position) await addMissed();
  else if (viewer.comments)
    for (const row of (await findMissed(store, viewer.survey.id, position, clock())).rows) markSeen(position, row);
  let lastHeartbeat = clock();
  while (!isOver()) {
    await refresh(feed, store, clock);
    const metrics = await metricsOf(feed, viewer, store, clock);
    if (metrics && metrics.version !== position.metricsVersion) {
      position.metricsVersion = metrics.version;
      addEvent("metrics", metrics.json);
    }
    if (viewer.comments) {
      const { rows, before } = feed.comments;
      if (before && !isTold(position, before)) await addMissed();
      else addNewComments(rows);
    }
    sendEvents();
    if (clock() >= viewer.until || left() < QUERIES_A_STEP) return;
    if (clock() - lastHeartbeat >= HEARTBEAT_MS) {
      lastHeartbeat = clock();
      write(": still here\n\n");
    }
    await new Promise((resolve) => setTimeout(resolve, STEP_MS));
  }
}

/** The event `more`: the number of comments, and the address of the list that begins with the newest of them. */
function moreOf(survey: string, { comments, orMore, until }: NonNullable<Missed["more"]>): MoreComments {
  const path = `/v1/surveys/${survey}/comments?cursor=${sealCursor(keyAfter(until))}`;
  return { comments, or_more: orMore, path };
}

/**
 * The most queries of one step: the survey, its metrics with groups and comparison, the newest version and comments, and the
 * missed ones.
 */
const QUERIES_A_STEP = 11;

/** The metrics at the feed's version. The first viewer with this query that finds them missing makes them. */
async function metricsOf(feed: Feed, viewer: Viewer, store: Store, clock: () => number) {
  const { survey, query } = viewer;
  const key = JSON.stringify(query);
  // The version names the day, because at midnight the days asked for change although nothing was counted.
  const version = `${feed.metricsVersion ?? "none"} ${today(viewer.survey, clock())}`;
  if (feed.metrics.get(key)?.version !== version)
    await claimed(feed, key, clock, async () => {
      const found = await findVersionedSurvey(store, survey.id);
      if (!found) return;
      const now = clock();
      const metrics = await readMetrics(store, checkQuery([found.survey], query, now));
      const body = { survey: survey.id, ...metrics, updated_at: new Date(now).toISOString() };
      feed.metrics.set(key, { version, json: JSON.stringify(body) });
    });
  return feed.metrics.get(key);
}

type CountedStore = { store: Store; left(): number };

/** The store with a count of the queries: `left` says how many this connection may still make. */
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
      size: () => count(1, inner.size()),
      hasSentAgain: inner.hasSentAgain,
    },
  };
}
