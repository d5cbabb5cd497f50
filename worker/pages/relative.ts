import type { Context } from "hono";

/**
 * The address of another page of the collector, relative to the page of this request. It is right also behind a proxy that serves
 * the collector from a folder of another host. `path` has no slash at its beginning.
 */
export function relativeAddress(c: Context, path: string): string {
  const folders = new URL(c.req.url).pathname.split("/").length - 2;
  return "../".repeat(folders) + path;
}
