import type { Context } from "hono";

/**
 * The address of another page of the collector, as seen from the one that is asked for: right behind a proxy too that serves
 * the collector from a folder of another host. `path` has no slash at its beginning.
 */
export function relativeAddress(c: Context, path: string): string {
  const folders = new URL(c.req.url).pathname.split("/").length - 2;
  return "../".repeat(folders) + path;
}
