/** Times as Delighted has them: whole seconds since 1970. */
export function unixTime(ms: number): number {
  return Math.floor(ms / 1000);
}
