/** Before each file of the worker tests: D1 as the real migrations make it. Storage is the file's own. */
import { applyD1Migrations } from "cloudflare:test";
import { env } from "cloudflare:workers";

await applyD1Migrations(env.DB, env.TEST_MIGRATIONS);
