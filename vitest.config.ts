import { mkdirSync } from "node:fs";
import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { cloudflareTest, readD1Migrations } from "@cloudflare/vitest-plugin";
import { defineConfig } from "vitest/config";
import { ClosingLine } from "./test/support/closing-line.ts";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

// No test asks where in the world it runs; without this the local runtime would try to find out, and complain.
process.env.CLOUDFLARE_CF_FETCH_ENABLED ??= "false";

// The assets binding refuses to start on a folder that is not there, as before the first build.
mkdirSync(here("dist/public"), { recursive: true });

/**
 * Files at once: one more than the cores, or half of many. A browser test waits most of its time, and its Chromium and its
 * collector work meanwhile. The same in all projects that run together: Vitest refuses a mixture, and would mix by itself on
 * all but two cores.
 */
const maxWorkers = Math.max(3, Math.floor(availableParallelism() / 2));

/**
 * Where nobody watches, a test of several processes that fails is run again, twice at most. One that passes then is named
 * at the end: it has a fault, which is to be found. On a person's machine it fails.
 */
const retry = process.env.CI ? 2 : 0;

/** The tests in a browser. They share a collector. */
const browser = {
  retry,
  globalSetup: [here("test/support/widget-setup.ts")],
  setupFiles: [here("test/support/browser-setup.ts")],
  testTimeout: 90_000,
  expect: { poll: { timeout: 25_000 } },
};

export default defineConfig({
  test: {
    maxWorkers,
    reporters: ["default", new ClosingLine()],
    projects: [
      { test: { name: "shared", include: ["test/shared/**/*.test.ts"] } },
      {
        plugins: [
          cloudflareTest(async () => ({
            wrangler: { configPath: here("wrangler.toml") },
            miniflare: {
              bindings: {
                // Named here so that nobody's own .dev.vars decides what is tested.
                ADMIN_TOKEN: "test-admin-token",
                RATE_LIMIT: "",
                TEST_MIGRATIONS: await readD1Migrations(here("worker/migrations")),
              },
            },
          })),
        ],
        test: {
          name: "worker",
          retry,
          include: ["test/worker/**/*.test.ts"],
          setupFiles: [here("test/support/worker-setup.ts")],
          // A bound on what hangs, not a measure: hundreds of requests take their time on a busy machine.
          testTimeout: 30_000,
        },
      },
      {
        test: {
          name: "widget",
          include: ["test/widget/**/*.test.ts", "test/pages/**/*.test.ts"],
          ...browser,
        },
      },
      {
        test: {
          name: "links",
          include: ["test/links/**/*.test.ts"],
          isolate: false,
          ...browser,
        },
      },
      {
        test: {
          name: "dashboard",
          include: ["test/dashboard/**/*.test.ts"],
          isolate: false,
          ...browser,
        },
      },
      {
        test: {
          name: "scripts",
          retry,
          include: ["test/scripts/**/*.test.ts"],
          unstubEnvs: true,
          testTimeout: 300_000,
          hookTimeout: 300_000,
        },
      },
      { test: { name: "house", include: ["test/house/**/*.test.ts"], testTimeout: 120_000 } },
    ],
  },
});
