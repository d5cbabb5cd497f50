/**
 * The rate limits of public writes: one for each client of a survey, and one for all clients of a survey. The platform counts
 * them separately in each of its locations.
 */
import type { Context } from "hono";
import { hashText } from "../crypto/hash.ts";
import { findSaltOfDay } from "../db/salts.ts";
import type { App } from "../env.ts";
import { Problem } from "../problem.ts";

/**
 * Throws `rate_limited` when this client, or everybody together, wrote to the survey too often in a minute. `burst`: the
 * client is not refused yet, but wrote more than a household does.
 */
export async function limitWrites(c: Context<App>, survey: string): Promise<{ burst: boolean }> {
  if (c.env.RATE_LIMIT === "off") return { burst: false };
  const salt = await findSaltOfDay(c.var.store, c.var.now);
  const client = await hashText(`${salt} ${survey} ${networkOf(c.req.header("CF-Connecting-IP") ?? "")}`);
  // The client's own limit is asked first, so that a flood from one client does not use up the limit of all.
  if (!(await c.env.CLIENT_LIMIT.limit({ key: client })).success) throw new Problem("rate_limited");
  if (!(await c.env.SURVEY_LIMIT.limit({ key: survey })).success) throw new Problem("rate_limited");
  return { burst: !(await c.env.BURST_LIMIT.limit({ key: client })).success };
}

/** Test responses count in no daily limit, so all clients together may send as many as one client may send otherwise. */
export async function limitTests(c: Context<App>, survey: string): Promise<void> {
  if (c.env.RATE_LIMIT === "off") return;
  if (!(await c.env.CLIENT_LIMIT.limit({ key: `test ${survey}` })).success) throw new Problem("rate_limited");
}

/** Throws `rate_limited` when this client was refused by hooks too often in a minute: it may be guessing keys. */
export async function limitGuesses(c: Context<App>): Promise<void> {
  if (c.env.RATE_LIMIT === "off") return;
  const salt = await findSaltOfDay(c.var.store, c.var.now);
  const key = await hashText(`${salt} hooks ${networkOf(c.req.header("CF-Connecting-IP") ?? "")}`);
  if (!(await c.env.CLIENT_LIMIT.limit({ key })).success) throw new Problem("rate_limited");
}

/** Throws `rate_limited` when the hook's sender sends more than all clients of a survey may. */
export async function limitHook(c: Context<App>, hook: string): Promise<void> {
  if (c.env.RATE_LIMIT === "off") return;
  if (!(await c.env.SURVEY_LIMIT.limit({ key: `hook ${hook}` })).success) throw new Problem("rate_limited");
}

/**
 * The network of an address: an IPv4 address itself; of an IPv6 address the first 64 bits, because one household has the rest.
 */
export function networkOf(address: string): string {
  if (!address.includes(":")) return address;
  const [head = "", tail] = address.split("::");
  const left = head.split(":").filter(Boolean);
  const right = tail?.split(":").filter(Boolean) ?? [];
  const groups = [...left, ...Array(Math.max(0, 8 - left.length - right.length)).fill("0"), ...right];
  return groups
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(":");
}
