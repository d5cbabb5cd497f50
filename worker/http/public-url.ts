import type { Context } from "hono";
import type { App } from "../env.ts";

/**
 * What the links begin with that leave this collector, in mails and QR codes: `PUBLIC_URL`, where it is served from a folder of
 * another host, else the host that was asked. No slash at the end.
 */
export function publicUrl(c: Context<App>): string {
  const { PUBLIC_URL } = c.env;
  return PUBLIC_URL ? PUBLIC_URL.replace(/\/+$/, "") : new URL(c.req.url).origin;
}
