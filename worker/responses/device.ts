import type { Device } from "../../shared/vocabulary.ts";

/**
 * Phone, tablet or desktop, from what the browser says of itself; the user agent itself is kept nowhere. Cut, for "Android"
 * ten thousand times over makes the look-ahead below walk the header ten thousand times.
 */
export function deviceOf(userAgent: string | undefined): Device | null {
  const agent = userAgent?.slice(0, 400);
  if (!agent) return null;
  if (/iPad|Tablet|PlayBook|Silk|Android(?!.*Mobile)/i.test(agent)) return "tablet";
  if (/Mobi|iPhone|iPod|Android/i.test(agent)) return "phone";
  return /Mozilla/.test(agent) ? "desktop" : null;
}
