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
