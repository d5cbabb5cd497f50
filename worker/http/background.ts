import type { Context } from "hono";
import type { App } from "../env.ts";
import { logFault } from "../log.ts";

/** Lets work go on after the reply where the platform allows it; elsewhere, as in tests, waits for the work. */
export async function inBackground(c: Context<App>, work: Promise<unknown>): Promise<void> {
  let context: { waitUntil(work: Promise<unknown>): void };
  try {
    context = c.executionCtx;
  } catch {
    await work;
    return;
  }
  context.waitUntil(
    work.catch((error) => logFault(error, { kind: "background", request: c.var.requestId, route: c.req.routePath })),
  );
}
