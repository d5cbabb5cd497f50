/** How far a viewer has seen: carried in each event's id, so that a new connection goes on where the last one ended. */

/**
 * A response's comment is stamped when its request begins and seen when it is committed, so one may appear behind a later
 * one. Within this long before the newest seen, comments are told apart by id and not by time.
 */
export const LATE_MS = 60_000;

export type Place = {
  /** The newest comment seen was first stored then (ms since 1970). */
  at: number;
  /** The version of the figures last sent; "" for none. */
  figures: string;
  /** Marks of the comments seen since `at` less LATE_MS, with the instant of each. */
  seen: Map<string, number>;
};

/** The last 8 hexadecimal digits of an id are random: two of one minute are alike once in a billion. */
export function markOf(id: string): string {
  return id.slice(-8);
}

export function sealPlace({ at, figures, seen }: Place): string {
  const marks = [...seen].map(([mark, instant]) => `${mark}${(at - instant).toString(36)}`);
  return [at, figures.replaceAll(" ", "_"), marks.join(",")].join("/");
}

/** Null for what is no place, as another server's ids: such a viewer begins anew. */
export function openPlace(id: string | undefined): Place | null {
  const match = /^(\d{1,15})\/([0-9a-z_-]*)\/([0-9a-z,-]*)$/.exec(id ?? "");
  if (!match) return null;
  const at = Number(match[1]);
  const seen = (match[3] ?? "").split(",").filter(Boolean);
  return {
    at,
    figures: (match[2] ?? "").replaceAll("_", " "),
    seen: new Map(seen.map((each) => [each.slice(0, 8), at - Number.parseInt(each.slice(8), 36)])),
  };
}

/** Whether the viewer has yet to see this comment; from now on it has. */
export function isNews(place: Place, comment: { id: string; comment_at: number }): boolean {
  const mark = markOf(comment.id);
  if (comment.comment_at <= place.at - LATE_MS || place.seen.has(mark)) return false;
  place.seen.set(mark, comment.comment_at);
  return true;
}

/** Moves on to the newest comment seen and forgets what lies too far behind it. */
export function moveOn(place: Place): void {
  place.at = Math.max(place.at, ...place.seen.values());
  for (const [mark, instant] of place.seen) if (instant <= place.at - LATE_MS) place.seen.delete(mark);
}
