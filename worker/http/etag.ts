import type { Context } from "hono";
import { hashText } from "../crypto/hash.ts";
import type { App } from "../env.ts";

/** JSON under an ETag made from `version`; 304 without calling `make` when the client has that version already. */
export async function unlessUnchanged(c: Context<App>, version: string, make: () => Promise<object>) {
  const tag = `"${(await hashText(version)).slice(0, 22)}"`;
  const headers = { ETag: tag, "Cache-Control": "private, no-cache", Vary: "Authorization, Cookie" };
  if (matches(c.req.header("If-None-Match"), tag)) return c.body(null, 304, headers);
  return c.json(await make(), 200, headers);
}

/** RFC 9110 13.1.2: a list of tags, weak ones equal to strong ones, or `*`. */
function matches(header: string | undefined, tag: string): boolean {
  const given = (header ?? "").split(",").map((each) => each.trim().replace(/^W\//, ""));
  return given.includes(tag) || given.includes("*");
}
