import type { TestProject } from "vitest/node";
import { startCollector } from "./collector.ts";
import type {} from "./shared-collector.ts";

/** Before the browser tests: one collector for all of them. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  // Receivers of webhooks are played on this machine.
  const collector = await startCollector({ env: { WEBHOOKS_TO_LOOPBACK: "on" } });
  project.provide("sharedCollector", { url: collector.url, adminToken: collector.adminToken });
  return () => collector.stop();
}
