/** The steps of a deploy, apart from the program that talks to Cloudflare, so that tests can play Cloudflare. */
import { randomBytes } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { limits } from "../shared/limits.ts";
import type { SignInCode } from "../shared/schema/session.ts";
import { root } from "./paths.ts";

/** Runs wrangler against Cloudflare. `printed` is what it wrote to standard output, `urls` where the Worker is served. */
export type Wrangler = (
  args: readonly string[],
  options?: { input?: string; quiet?: boolean },
) => Promise<{ ok: boolean; printed: string; urls: string[] }>;

export type Powers = {
  dryRun: boolean;
  wrangler: Wrangler;
  fetch: typeof globalThis.fetch;
  say: (text: string) => void;
  /** Waits between two attempts to reach a Worker that was deployed a moment ago. */
  pauseMs?: number;
};

/** A step that did not succeed: says which, what was not done, and the usual causes. */
export class StepFailed extends Error {}

const ROOT_KEY = "ADMIN_TOKEN";
/** A name under workers.dev answers within a minute of the first deploy. */
const MOST_ATTEMPTS = 30;

/** Throws `StepFailed`. Each step may be repeated: running the whole again is safe. */
export async function deploy({ dryRun, wrangler, fetch, say, pauseMs = 2000 }: Powers): Promise<void> {
  if (dryRun) {
    say("\n— Bundling the Worker, without deploying it");
    await must(wrangler, ["deploy", "--dry-run", "--outdir", "dist/worker"]);
    say("\n— Dry run done: nothing has left this machine, no migration was applied.");
    return;
  }

  // A database that is there is migrated before the new Worker meets it: should that fail, the old one goes on serving.
  const isThere = await hasDatabase(wrangler);
  if (isThere) await migrate(wrangler, say);
  say(`\n— Uploading the Worker and its files${isThere ? "" : ", and making the database"}`);
  const { urls } = await must(wrangler, ["deploy"]);
  if (!isThere) await migrate(wrangler, say);

  const key = await makeRootKeyOnce(wrangler, say);
  const [url] = urls;
  if (!url) return say("\n— Deployed. The dashboard is at /dashboard/ of the address that is shown above.");
  if (!key) return say(`\n— Deployed. The dashboard: ${url}/dashboard/`);
  say(`
— Deployed. This is the root key; it is shown this once. Keep it where you keep passwords:

  ${key}
`);
  const code = await signInCode(url, key, { fetch, pauseMs });
  if (code)
    say(
      `Sign in within ${limits.signInCodeMinutes} minutes: ${url}/dashboard/#code=${code}\nLater: ${url}/dashboard/ with the root key.`,
    );
  else say(`Sign in with it at ${url}/dashboard/ (a new address can take a few minutes to answer).`);
}

async function migrate(wrangler: Wrangler, say: (text: string) => void): Promise<void> {
  say("\n— Bringing the deployed database up to date");
  await must(wrangler, ["d1", "migrations", "apply", "DB", "--remote"]);
}

/** Whether the account has the database. Throws when wrangler cannot tell, as where nobody has signed in. */
async function hasDatabase(wrangler: Wrangler): Promise<boolean> {
  const config = await readFile(join(root, "wrangler.toml"), "utf8");
  const wanted = /^database_name = "(.+)"$/m.exec(config)?.[1];
  const { printed } = await must(wrangler, ["d1", "list", "--json"], { quiet: true });
  return (JSON.parse(printed) as { name: string }[]).some(({ name }) => name === wanted);
}

/** The root key where it was made just now; null where the Worker has one. */
async function makeRootKeyOnce(wrangler: Wrangler, say: (text: string) => void): Promise<string | null> {
  const { printed } = await must(wrangler, ["secret", "list"], { quiet: true });
  if ((JSON.parse(printed) as { name: string }[]).some(({ name }) => name === ROOT_KEY)) return null;
  say("\n— Making the root key");
  const key = randomBytes(24).toString("base64url");
  await must(wrangler, ["secret", "put", ROOT_KEY], { input: key });
  return key;
}

/** A one-time code for the dashboard, or null when the Worker does not answer in time. */
async function signInCode(
  url: string,
  key: string,
  { fetch, pauseMs }: { fetch: typeof globalThis.fetch; pauseMs: number },
): Promise<string | null> {
  for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
    const reply = await fetch(`${url}/v1/session/codes`, {
      method: "POST",
      headers: { Authorization: `Bearer ${key}`, "Content-Type": "application/json" },
    }).catch(() => null);
    if (reply?.ok) return ((await reply.json()) as SignInCode).code;
    await reply?.body?.cancel();
    await sleep(pauseMs);
  }
  return null;
}

async function must(wrangler: Wrangler, args: readonly string[], options?: Parameters<Wrangler>[1]) {
  const result = await wrangler(args, options);
  if (result.ok) return result;
  throw new StepFailed(
    `wrangler ${args.join(" ")} failed; what comes after it has not been done. It is safe to run \`npm run deploy\` again.\n` +
      "Usual causes: nobody has signed in (`npx wrangler login`), or the account has no workers.dev name yet (open\n" +
      "Workers & Pages once in Cloudflare's dashboard). docs/deploy.md has the rest.",
  );
}
