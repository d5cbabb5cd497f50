import { randomBytes } from "node:crypto";
import { appendFile, readFile } from "node:fs/promises";
import { parseEnv } from "node:util";

/**
 * The Worker's variables on this machine: what .dev.vars holds, over it what the environment names. The root key is
 * made at random when neither has one, and kept in .dev.vars, which git ignores.
 */
export async function localVars(devVars: string): Promise<Record<string, string> & { ADMIN_TOKEN: string }> {
  const kept = await readFile(devVars, "utf8").catch(() => "");
  const vars = Object.assign(parseEnv(kept), ...overridable.map(named)) as Record<string, string>;
  if (vars.ADMIN_TOKEN) return { ...vars, ADMIN_TOKEN: vars.ADMIN_TOKEN };
  const made = randomBytes(24).toString("base64url");
  await appendFile(devVars, `${kept && !kept.endsWith("\n") ? "\n" : ""}ADMIN_TOKEN=${made}\n`, { mode: 0o600 });
  return { ...vars, ADMIN_TOKEN: made };
}

const overridable = ["ADMIN_TOKEN", "RATE_LIMIT", "HOSTS", "WEBHOOKS_TO_LOOPBACK"];

function named(name: string): Record<string, string> {
  const value = process.env[name];
  return value ? { [name]: value } : {};
}
