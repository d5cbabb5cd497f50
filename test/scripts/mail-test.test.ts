/** `npm run mail:test`, as an operator runs it. */
import { execFile } from "node:child_process";
import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, it } from "vitest";
import { root } from "../../scripts/paths.ts";
import type { MailServer } from "../support/mail/server.ts";
import { aMailServer, certificates, no, PASSWORD, USER } from "../support/mail/server.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

let server: MailServer;
let state: string;

beforeAll(async () => {
  state = await temporaryFolder();
  server = await aMailServer({
    onRcptTo: ({ address }, _, done) => done(address.startsWith("gone") ? no(550, "5.1.1 no such user") : null),
  });
});
afterAll(async () => {
  await server?.stop();
  await rm(state, { recursive: true, force: true });
});

/** The exit code, and all that was printed. */
async function mailTest(words: string[], env: Record<string, string> = {}): Promise<{ code: number; text: string }> {
  const command = promisify(execFile)(process.execPath, [join(root, "scripts/mail-test.ts"), ...words], {
    cwd: state,
    env: { ...process.env, NODE_EXTRA_CA_CERTS: certificates.trusted, VIDHUK_STATE: state, ...env },
  });
  const { code = 0, stdout, stderr } = await command.catch((error) => error);
  return { code, text: stdout + stderr };
}

it("sends one mail, and says what the sender said of it", async () => {
  const login = `${encodeURIComponent(USER)}:${encodeURIComponent(PASSWORD)}`;
  // As .dev.vars has it, with what dotenv files know signs for.
  const vars = `MAILER=smtp://${login}@localhost:${server.port}\nMAIL_FROM=O'Neil & $ons <feedback@shop.example>\n`;
  await writeFile(join(state, ".dev.vars"), vars);
  // One after another: each serves a Worker at a port that was free a moment before.
  const accepted = await mailTest(["ann@example.com"]);
  const refused = await mailTest(["gone@example.com"]);
  const noAddress = await mailTest(["ann@localhost"]);
  const cloudflare = await mailTest(["ann@example.com"], { MAILER: "cloudflare" });
  const none = await mailTest([]);
  expect(accepted).toMatchObject({ code: 0, text: expect.stringMatching(/^Accepted: a mail to ann@example\.com/) });
  expect(server.taken).toMatchObject([
    {
      to: ["ann@example.com"],
      user: USER,
      mail: { from: { name: "O'Neil & $ons", address: "feedback@shop.example" } },
    },
  ]);
  expect(refused).toEqual({
    code: 1,
    text: "Not accepted (hard). The mail server answered: 550 5.1.1 no such user\n",
  });
  expect(cloudflare).toMatchObject({ code: 1, text: expect.stringContaining("deploy") });
  expect(none).toMatchObject({ code: 2, text: expect.stringContaining("To which address?") });
  expect(noAddress).toMatchObject({ code: 1, text: expect.stringContaining("That is no address") });
  for (const { text } of [accepted, refused]) expect(text).not.toContain(encodeURIComponent(PASSWORD));
});
