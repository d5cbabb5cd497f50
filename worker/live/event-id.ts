/** How far a viewer has seen: carried in each event's id, so that a new connection goes on where the last one ended. */

/**
 * A response's comment is stamped when its request begins and seen when it is committed, so one may appear behind a later
 * one. Within this long before the newest seen, comments are told apart by id and not by time.
 */
export const LATE_MS = 60_000;

export type StreamPosition = {
  /** The newest comment seen was first stored then (ms since 1970). */
  at: number;
  /** The version of the metrics last sent; "" for none. */
  metricsVersion: string;
  /** The ends of the ids of the comments seen since `at` less LATE_MS, with the instant of each. */
  seen: Map<string, number>;
};

/** The last 8 hexadecimal digits of an id are random: two of one minute are alike once in a billion. */
export function endOfId(id: string): string {
  return id.slice(-8);
}

export function eventIdOf({ at, metricsVersion, seen }: StreamPosition): string {
  const ends = [...seen].map(([end, instant]) => `${end}${(at - instant).toString(36)}`);
  return [at, metricsVersion.replaceAll(" ", "_"), ends.join(",")].join("/");
}

/** Null for a text that is no position, as an id of another server is: such a viewer begins anew. */
export function readEventId(id: string | undefined): StreamPosition | null {
  const match = /^(\d{1,15})\/([0-9a-z_-]*)\/([0-9a-z,-]*)$/.exec(id ?? "");
  if (!match) return null;
  const at = Number(match[1]);
  const seen = (match[3] ?? "").split(",").filter(Boolean);
  return {
    at,
    metricsVersion: (match[2] ?? "").replaceAll("_", " "),
    seen: new Map(seen.map((each) => [each.slice(0, 8), at - Number.parseInt(each.slice(8), 36)])),
  };
}

/** Notes that the viewer has seen this comment; false if it had seen it before. */
export function markSeen(position: StreamPosition, comment: { id: string; comment_at: number }): boolean {
  const end = endOfId(comment.id);
  if (comment.comment_at <= position.at - LATE_MS || position.seen.has(end)) return false;
  position.seen.set(end, comment.comment_at);
  return true;
}

/** Moves the position to the newest comment seen, and forgets the ids that lie too far behind it. */
export function advance(position: StreamPosition): void {
  position.at = Math.max(position.at, ...position.seen.values());
  for (const [end, instant] of position.seen) if (instant <= position.at - LATE_MS) position.seen.delete(end);
}
