/**
 * The form of an API key: `vhk_<id><secret><check>`, 12 + 32 + 6 characters of 0–9A–Za–z. The prefix and the checksum let
 * secret scanners recognise a leaked key without asking us; the id finds the row, the secret proves the holder.
 */
import { ALPHABET, randomText } from "./random-text.ts";

const FORM = /^vhk_([0-9A-Za-z]{12})([0-9A-Za-z]{32})([0-9A-Za-z]{6})$/;

/** A new key; the caller stores its id and the hash of the whole. */
export function makeKey(): { id: string; key: string } {
  const id = randomText(12);
  const body = `vhk_${id}${randomText(32)}`;
  return { id, key: body + checksum(body) };
}

/** The id inside a well-formed key; null for anything else, without asking the database. */
export function idOfKey(key: string): string | null {
  const match = FORM.exec(key);
  return match && checksum(key.slice(0, -6)) === match[3] ? (match[1] as string) : null;
}

/** CRC-32 (IEEE 802.3) in six base-62 digits. */
function checksum(text: string): string {
  let crc = 0xffffffff;
  for (const byte of new TextEncoder().encode(text)) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  let rest = (crc ^ 0xffffffff) >>> 0;
  let digits = "";
  for (let digit = 0; digit < 6; digit++) {
    digits = ALPHABET[rest % 62] + digits;
    rest = Math.floor(rest / 62);
  }
  return digits;
}
