/** `npm run mail:test -- ADDRESS`: sends one mail by the MAILER of .dev.vars, from this machine, and says what came of it. */
import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startCollector } from "./collector.ts";
import { keptVars } from "./local-vars.ts";
import { configFor } from "./other-entry.ts";
import { statePlaces } from "./paths.ts";
import { freePort } from "./ports.ts";

/** What worker/mail-test.ts answers. */
type Answer =
  | { problem: string }
  | { accepted: true; id: string }
  | { accepted: false; kind: string; detail: string; uncertain: boolean };

const [address, ...more] = process.argv.slice(2);
if (!address || more.length > 0) {
  console.error("To which address? npm run mail:test -- someone@example.com");
  process.exit(2);
}
const folder = await mkdtemp(join(tmpdir(), "vidhuk-mail-"));
try {
  process.exitCode = await test(address);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
} finally {
  await rm(folder, { recursive: true, force: true });
}

/** The command's exit code: 0 for a mail that was accepted. */
async function test(to: string): Promise<number> {
  const { MAILER = "", MAIL_FROM = "" } = await keptVars(statePlaces().devVars);
  if (MAILER.trim() === "cloudflare") {
    console.error("Cloudflare's Email Service cannot be asked from this machine: deploy, make a webhook with");
    console.error("the format email, and send a test of it.");
    return 1;
  }
  const ADMIN_TOKEN = randomBytes(24).toString("base64url");
  const served = await startCollector({
    port: await freePort(),
    state: folder,
    persist: join(folder, "state"),
    vars: { MAILER, MAIL_FROM, ADMIN_TOKEN },
    output: process.stderr,
    config: await configFor("worker/mail-test.ts", folder),
  });
  try {
    const headers = { Authorization: `Bearer ${ADMIN_TOKEN}` };
    // A path that no file of the dashboard answers.
    const reply = await fetch(`${served.url}/v1/mail`, { method: "POST", headers, body: to });
    return told((await reply.json()) as Answer, to);
  } finally {
    await served.stop();
  }
}

function told(answer: Answer, to: string): number {
  if ("problem" in answer) {
    console.error(answer.problem);
    return 1;
  }
  if (answer.accepted) {
    console.log(
      `Accepted: a mail to ${to}, with the id ${answer.id}. Whether it arrives you see in the mailbox, or in its spam.`,
    );
    return 0;
  }
  console.error(`Not accepted (${answer.kind}). ${answer.detail}`);
  if (answer.uncertain) console.error("The answer did not come, so the mail may arrive all the same.");
  return 1;
}
