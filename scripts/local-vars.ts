import { randomBytes } from "node:crypto";
import { appendFile, readFile } from "node:fs/promises";
import { parseEnv } from "node:util";

/**
 * The Worker's variables on this machine: what .dev.vars holds, over it what the environment names. The root key is
 * made at random when neither has one, and kept in .dev.vars, which git ignores.
 */
export async function localVars(devVars: string): Promise<Record<string, string> & { ADMIN_TOKEN: string }> {
  const vars = await keptVars(devVars);
  if (vars.ADMIN_TOKEN) return { ...vars, ADMIN_TOKEN: vars.ADMIN_TOKEN };
  const kept = await textOf(devVars);
  const made = randomBytes(24).toString("base64url");
  await appendFile(devVars, `${kept && !kept.endsWith("\n") ? "\n" : ""}ADMIN_TOKEN=${made}\n`, { mode: 0o600 });
  return { ...vars, ADMIN_TOKEN: made };
}

/** The same, with a root key only where there is one. */
export async function keptVars(devVars: string): Promise<Record<string, string>> {
  return Object.assign(parseEnv(await textOf(devVars)), ...overridable.map(named));
}

/** "" where there is no such file. */
function textOf(devVars: string): Promise<string> {
  return readFile(devVars, "utf8").catch(() => "");
}

const overridable = ["ADMIN_TOKEN", "RATE_LIMIT", "HOSTS", "WEBHOOKS_TO_LOOPBACK", "MAILER", "MAIL_FROM"];

function named(name: string): Record<string, string> {
  const value = process.env[name];
  return value ? { [name]: value } : {};
}
