/** A list walked row by row: what a request found, and where the next one goes on. */

/** `next`: the key of the last row looked at, null where the list ends. */
export type Walk<Row> = { rows: Row[]; next: string | null };

/**
 * `found` holds one more than `limit` when there are more. When it holds fewer, the rows to look at ran out (the list
 * ends) or the `most` that a request may look at did: `reach` tells how many there were and the key of the last.
 */
export async function walkOf<Row>(
  found: Row[],
  limit: number,
  most: number,
  keyOf: (row: Row) => string,
  reach: () => Promise<{ rows: number; reached: string | null } | null>,
): Promise<Walk<Row>> {
  if (found.length > limit) return { rows: found.slice(0, limit), next: keyOf(found[limit - 1]!) };
  if (most <= limit + 1) return { rows: found, next: null };
  const walked = await reach();
  return { rows: found, next: walked && walked.rows >= most ? walked.reached : null };
}
