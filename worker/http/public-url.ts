import type { Context } from "hono";
import type { App } from "../env.ts";

/**
 * The beginning of the links in mails and QR codes, without a slash at its end: `PUBLIC_URL` where it is set, because people
 * reach the collector at another host or in a folder, else the origin that this request was sent to.
 */
export function publicUrl(c: Context<App>): string {
  const { PUBLIC_URL } = c.env;
  return PUBLIC_URL ? PUBLIC_URL.replace(/\/+$/, "") : new URL(c.req.url).origin;
}
