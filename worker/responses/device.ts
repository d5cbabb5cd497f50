import type { Device } from "../../shared/vocabulary.ts";

/**
 * Phone, tablet or desktop, by the user agent, which itself is not stored. The text is cut to 400 characters, because in a text
 * with "Android" ten thousand times the look-ahead below would read the whole header ten thousand times.
 */
export function deviceOf(userAgent: string | undefined): Device | null {
  const agent = userAgent?.slice(0, 400);
  if (!agent) return null;
  if (/iPad|Tablet|PlayBook|Silk|Android(?!.*Mobile)/i.test(agent)) return "tablet";
  if (/Mobi|iPhone|iPod|Android/i.test(agent)) return "phone";
  return /Mozilla/.test(agent) ? "desktop" : null;
}
