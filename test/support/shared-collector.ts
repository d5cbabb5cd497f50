import { inject } from "vitest";

declare module "vitest" {
  interface ProvidedContext {
    sharedCollector: SharedCollector;
  }
}

export type SharedCollector = { url: string; adminToken: string };

/** The one collector of all browser tests, started by widget-setup.ts. Each test makes surveys of its own in it. */
export function sharedCollector(): SharedCollector {
  return inject("sharedCollector");
}

/** Asks as its administrator: of the shared collector, or of one that a test has started for itself. Throws at a refusal. */
export async function ask<Body>(
  path: string,
  method = "GET",
  body?: unknown,
  { url, adminToken }: SharedCollector = sharedCollector(),
): Promise<Body> {
  const reply = await fetch(url + path, {
    method,
    headers: { Authorization: `Bearer ${adminToken}`, "Content-Type": "application/json" },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  if (!reply.ok) throw new Error(`${method} ${path}: ${reply.status} ${await reply.text()}`);
  return (reply.status === 204 ? null : await reply.json()) as Body;
}
