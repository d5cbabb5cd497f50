import type { Sender } from "../collect.ts";

/** Phone, tablet or desktop, from what the browser says of itself; the user agent itself is kept nowhere. */
export function deviceOf(userAgent: string | undefined): Sender["device"] {
  if (!userAgent) return null;
  if (/iPad|Tablet|PlayBook|Silk|Android(?!.*Mobile)/i.test(userAgent)) return "tablet";
  if (/Mobi|iPhone|iPod|Android/i.test(userAgent)) return "phone";
  return /Mozilla/.test(userAgent) ? "desktop" : null;
}
