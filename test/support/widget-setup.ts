import type { TestProject } from "vitest/node";
import { startCollector } from "./collector.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** Address of the one collector that all browser tests share: each makes surveys of its own. */
    collectorUrl: string;
    adminToken: string;
  }
}

/** Before the browser tests: one collector for all of them. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const collector = await startCollector();
  project.provide("collectorUrl", collector.url);
  project.provide("adminToken", collector.adminToken);
  return () => collector.stop();
}
