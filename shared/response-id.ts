/** The id of a response that a browser makes: a UUIDv7 (RFC 9562), whose first 48 bits are the time it was made. */

/** A new UUIDv7 for the instant `now` (ms since 1970); `random` gives 10 fresh bytes. */
export function mintResponseId(now: number, random: Uint8Array): string {
  const hex = [...random].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  const time = now.toString(16).padStart(12, "0");
  const variant = "89ab"[(random[1] as number) & 3];
  return `${time.slice(0, 8)}-${time.slice(8)}-7${hex.slice(0, 3)}-${variant}${hex.slice(5, 8)}-${hex.slice(8)}`;
}

/** No id of the instant `now` or a later one is lower. */
export function lowestResponseId(now: number): string {
  return mintResponseId(now, new Uint8Array(10));
}

/** The instant (ms since 1970) that a UUIDv7 carries. */
export function instantOfResponseId(id: string): number {
  return Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16);
}
