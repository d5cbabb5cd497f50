import type { TestProject } from "vitest/node";
import { startCollector } from "./collector.ts";
import type {} from "./shared-collector.ts";

/** Before the browser tests: one collector for all of them. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const collector = await startCollector();
  project.provide("sharedCollector", { url: collector.url, adminToken: collector.adminToken });
  return () => collector.stop();
}
