/** Runs before each file of the worker tests: applies the real migrations to D1. Each file has its own storage. */
import { applyD1Migrations } from "cloudflare:test";
import { env } from "cloudflare:workers";

await applyD1Migrations(env.DB, env.TEST_MIGRATIONS);
