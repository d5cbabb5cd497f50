/** The brake on public writes: per survey and client, and per survey in all, counted by the platform per location. */
import type { Context } from "hono";
import type { App } from "../env.ts";
import { hashText } from "./hash.ts";
import { Problem } from "./problem.ts";

/** Throws `rate_limited` when this client, or everybody together, wrote to the survey too often in a minute. */
export async function limitWrites(c: Context<App>, survey: string): Promise<void> {
  if (c.env.RATE_LIMIT === "off") return;
  const client = await hashText(`${survey} ${networkOf(c.req.header("CF-Connecting-IP") ?? "")}`);
  const verdicts = await Promise.all([
    c.env.CLIENT_LIMIT.limit({ key: client }),
    c.env.SURVEY_LIMIT.limit({ key: survey }),
  ]);
  if (verdicts.some((verdict) => !verdict.success)) throw new Problem("rate_limited");
}

/** An IPv4 address is itself; of an IPv6 address the first 64 bits, for a household owns the rest. */
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
