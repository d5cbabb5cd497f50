import type { Context } from "hono";
import type { App } from "../env.ts";
import { publicUrl } from "../http/public-url.ts";

/**
 * Says in `Link` where the list goes on: the same address with these parameters. Delighted's clients cut the header at commas
 * and semicolons, so that the address holds neither: they are written as `%2C` and `%3B`.
 */
export function linkNext(c: Context<App>, parameters: Record<string, string>): void {
  const { pathname, searchParams } = new URL(c.req.url);
  for (const name of ["page", "cursor"]) searchParams.delete(name);
  for (const [name, value] of Object.entries(parameters)) searchParams.set(name, value);
  const path = pathname.replaceAll(",", "%2C").replaceAll(";", "%3B");
  c.header("Link", `<${publicUrl(c)}${path}?${searchParams}>; rel="next"`);
}
