/**
 * The position of a viewer in the stream. Each event's id carries it, so that a new connection goes on where the last one
 * ended.
 */

/**
 * A comment gets its time when its request begins, and can be read when it is committed, so one may appear after a later one.
 * For this long before the newest comment that a viewer has seen, comments are recognised by their id and not by their time.
 */
export const LATE_MS = 60_000;
/** An event's id names at most so many comments, so that it fits into a request's header however many comments arrive. */
export const MOST_MARKS = 500;

export type StreamPosition = {
  /** When the newest comment that the viewer was told of was first stored (ms since 1970). */
  at: number;
  /** The version of the metrics last sent; "" for none. */
  metricsVersion: string;
  /** The comments that the viewer has seen since `at` less LATE_MS: the end of each id, with its instant. */
  seen: Map<string, number>;
  /** The comments since then that the viewer was told of and that `seen` does not name. */
  unmarked: Unmarked | null;
};

/** The viewer was told of `comments` comments first stored after `from` and up to `to`, one by one or as a number. */
export type Unmarked = { from: number; to: number; comments: number };

/** The last 8 hexadecimal digits of an id. They are random: two of a minute are equal once in a billion. */
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

/** The newest marks, at most MOST_MARKS; the older ones are added to the number of unmarked comments. */
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

/** The position that an event's id carries; null for any other text: such a viewer begins anew. */
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

/** The instant up to which the viewer has been told of every comment. */
export function toldUntil({ at, unmarked }: StreamPosition): number {
  return Math.max(at - LATE_MS, unmarked?.to ?? Number.NEGATIVE_INFINITY);
}

/** The instant after which the comments that the viewer may have missed were first stored. */
export function openSince({ at, unmarked }: StreamPosition): number {
  return unmarked?.from ?? at - LATE_MS;
}

export function isTold(position: StreamPosition, comment: { id: string; comment_at: number }): boolean {
  return comment.comment_at <= toldUntil(position) || position.seen.has(endOfId(comment.id));
}

/** Notes that the viewer has seen this comment. False if the viewer had been told of it before. */
export function markSeen(position: StreamPosition, comment: { id: string; comment_at: number }): boolean {
  if (isTold(position, comment)) return false;
  position.seen.set(endOfId(comment.id), comment.comment_at);
  moveTo(position, Math.max(position.at, comment.comment_at));
  return true;
}

/** Notes that the viewer has been told of all comments up to `unmarked.to`. */
export function markCounted(position: StreamPosition, unmarked: Unmarked): void {
  for (const [end, instant] of position.seen) if (instant <= unmarked.to) position.seen.delete(end);
  position.unmarked = unmarked;
  moveTo(position, Math.max(position.at, unmarked.to));
}

/** Moves the position to `at`, and drops the marks that are older than LATE_MS before it. */
function moveTo(position: StreamPosition, at: number): void {
  position.at = at;
  for (const [end, instant] of position.seen) if (instant <= at - LATE_MS) position.seen.delete(end);
  if (position.unmarked && position.unmarked.to <= at - LATE_MS) position.unmarked = null;
}
