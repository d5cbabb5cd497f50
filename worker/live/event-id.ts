/** How far a viewer has seen: carried in each event's id, so that a new connection goes on where the last one ended. */

/**
 * A response's comment is stamped when its request begins and seen when it is committed, so one may appear behind a later
 * one. Within this long before the newest seen, comments are told apart by id and not by time.
 */
export const LATE_MS = 60_000;
/** An id names at most so many comments, so that a flood does not outgrow what a request's headers may hold. */
export const MOST_MARKS = 500;

export type StreamPosition = {
  /** The newest comment told was first stored then (ms since 1970). */
  at: number;
  /** The version of the metrics last sent; "" for none. */
  metricsVersion: string;
  /** The ends of the ids of the comments seen since `at` less LATE_MS, with the instant of each. */
  seen: Map<string, number>;
  /** What was told of since then without being marked one by one. */
  unmarked: Unmarked | null;
};

/** So many `comments` first stored after `from` and up to `to` were told, each by itself or in a number. */
export type Unmarked = { from: number; to: number; comments: number };

/** The last 8 hexadecimal digits of an id are random: two of one minute are alike once in a billion. */
export function endOfId(id: string): string {
  return id.slice(-8);
}

export function eventIdOf(position: StreamPosition): string {
  const { at, metricsVersion } = position;
  const { marks, unmarked } = shortened(position);
  const ends = marks.map(([end, instant]) => `${end}${(at - instant).toString(36)}`);
  const parts = [at, metricsVersion.replaceAll(" ", "_"), ends.join(",")];
  if (unmarked)
    parts.push([at - unmarked.from, at - unmarked.to, unmarked.comments].map((n) => n.toString(36)).join("."));
  return parts.join("/");
}

/** The newest marks, at most MOST_MARKS; the older ones are told of by their number. */
function shortened({ at, seen, unmarked }: StreamPosition): { marks: [string, number][]; unmarked: Unmarked | null } {
  const marks = [...seen];
  if (marks.length <= MOST_MARKS) return { marks, unmarked };
  const to = Float64Array.from(seen.values())
    .sort()
    .at(-1 - MOST_MARKS)!;
  const kept = marks.filter(([, instant]) => instant > to);
  const comments = (unmarked?.comments ?? 0) + marks.length - kept.length;
  return { marks: kept, unmarked: { from: unmarked?.from ?? at - LATE_MS, to, comments } };
}

/** Null for a text that is no position, as an id of another server is: such a viewer begins anew. */
export function readEventId(id: string | undefined): StreamPosition | null {
  const match =
    /^(\d{1,15})\/([0-9a-z_-]*)\/([0-9a-z,-]*)(?:\/([0-9a-z]{1,11})\.([0-9a-z]{1,11})\.([0-9a-z]{1,11}))?$/.exec(
      id ?? "",
    );
  if (!match) return null;
  const at = Number(match[1]);
  const seen = (match[3] ?? "").split(",").filter(Boolean);
  const [from, to, comments] = match.slice(4).map((part) => Number.parseInt(part ?? "", 36));
  return {
    at,
    metricsVersion: (match[2] ?? "").replaceAll("_", " "),
    seen: new Map(seen.map((each) => [each.slice(0, 8), at - Number.parseInt(each.slice(8), 36)])),
    unmarked: match[4] === undefined ? null : { from: at - from!, to: at - to!, comments: comments! },
  };
}

/** Of the comments first stored up to this instant none is news any more. */
export function toldUntil({ at, unmarked }: StreamPosition): number {
  return Math.max(at - LATE_MS, unmarked?.to ?? Number.NEGATIVE_INFINITY);
}

/** Where whoever counts what this viewer has missed begins. */
export function openSince({ at, unmarked }: StreamPosition): number {
  return unmarked?.from ?? at - LATE_MS;
}

export function isTold(position: StreamPosition, comment: { id: string; comment_at: number }): boolean {
  return comment.comment_at <= toldUntil(position) || position.seen.has(endOfId(comment.id));
}

/** Notes that the viewer has seen this comment; false if it had been told of it before. */
export function markSeen(position: StreamPosition, comment: { id: string; comment_at: number }): boolean {
  if (isTold(position, comment)) return false;
  position.seen.set(endOfId(comment.id), comment.comment_at);
  moveTo(position, Math.max(position.at, comment.comment_at));
  return true;
}

/** Notes that all up to `unmarked.to` was told. */
export function markCounted(position: StreamPosition, unmarked: Unmarked): void {
  for (const [end, instant] of position.seen) if (instant <= unmarked.to) position.seen.delete(end);
  position.unmarked = unmarked;
  moveTo(position, Math.max(position.at, unmarked.to));
}

/** Moves the position on, and forgets what lies too far behind it. */
function moveTo(position: StreamPosition, at: number): void {
  position.at = at;
  for (const [end, instant] of position.seen) if (instant <= at - LATE_MS) position.seen.delete(end);
  if (position.unmarked && position.unmarked.to <= at - LATE_MS) position.unmarked = null;
}
