import type { D1Migration } from "cloudflare:test";
import type { Env as WorkerEnv } from "../../worker/env.ts";

declare global {
  namespace Cloudflare {
    interface Env extends WorkerEnv {
      /** The files of worker/migrations, read outside workerd, which has no disk. */
      TEST_MIGRATIONS: D1Migration[];
    }
  }
}
