/** Runs reading.ts and refusals.ts inside workerd, on a real D1 of its own: `npm run bench:reading`, `npm run bench:refusals`. */
import { fileURLToPath } from "node:url";
import { cloudflareTest, readD1Migrations } from "@cloudflare/vitest-plugin";
import { defineConfig } from "vitest/config";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  plugins: [
    cloudflareTest(async () => ({
      wrangler: { configPath: here("../../wrangler.toml") },
      miniflare: {
        bindings: {
          ADMIN_TOKEN: "test-admin-token",
          READING_SIZES: process.env.READING_SIZES ?? "1000,100000,1000000",
          TEST_MIGRATIONS: await readD1Migrations(here("../../worker/migrations")),
        },
      },
    })),
  ],
  test: {
    root: here("../.."),
    include: ["test/bench/reading.ts", "test/bench/refusals.ts"],
    setupFiles: [here("../support/worker-setup.ts")],
    testTimeout: 3_600_000,
  },
});
