/** The commands of docs/ as a reader would paste them, against a running collector. */
import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, it } from "vitest";
import { root } from "../../scripts/paths.ts";
import { mintResponseId } from "../../shared/response-id.ts";
import type { TestCollector } from "../support/collector.ts";
import { startCollector } from "../support/collector.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

let collector: TestCollector;
let folder: string;
let environment: Record<string, string>;

beforeAll(async () => {
  collector = await startCollector();
  folder = await temporaryFolder();
  const headers = { Authorization: `Bearer ${collector.adminToken}`, "Content-Type": "application/json" };
  const send = async (path: string, body: object) => {
    const reply = await fetch(collector.url + path, { method: "POST", headers, body: JSON.stringify(body) });
    return (await reply.json()) as { id: string };
  };
  const { id } = await send("/v1/surveys", { name: "Docs", segments: ["plan"] });
  const response = { survey: id, id: mintResponseId(Date.now(), crypto.getRandomValues(new Uint8Array(10))) };
  await send("/v1/responses", { ...response, nps: 0, comment: "late delivery", properties: { plan: "member" } });
  environment = { HOST: collector.url, SURVEY: id, RESPONSE: response.id, KEY: collector.adminToken };
}, 120_000);

afterAll(async () => {
  await collector?.stop();
  await rm(folder, { recursive: true, force: true });
});

function blocks(file: string, language: string): string[] {
  const text = readFileSync(join(root, "docs", file), "utf8");
  return [...text.matchAll(new RegExp(`\`\`\`${language}\n(.*?)\`\`\``, "gs"))].map((match) => match[1]!);
}

/** A command with the lines that it goes on in, and with the text that it is given. */
const COMMAND = /^curl (?:.*\\\n)*.*?(?:<<'(\w+)'\n[\s\S]*?^\1|)$/gm;

it.each([
  ["api.md", 16],
  ["webhooks.md", 3],
  ["live.md", 1],
  ["delighted.md", 1],
])("each curl command of %s answers", async (file, least) => {
  const all = blocks(file, "sh");
  const setting = all.flatMap((block) => block.split("\n")).find((line) => line.startsWith("auth=")) ?? "";
  const commands = all.flatMap((block) => [...block.matchAll(COMMAND)].map(([command]) => command));
  expect(commands.length).toBeGreaterThanOrEqual(least);
  for (const command of commands) {
    const script = `${setting}\n${command.replace(/^curl/, "curl --fail-with-body").replace("for=30", "for=0")}`;
    const { stdout } = await promisify(execFile)("sh", ["-c", script], {
      cwd: folder,
      env: { ...process.env, ...environment },
    });
    if (!command.includes(" -o ")) expect(stdout).toMatch(/"(nps|items|topics|secret|answered_at)":|event: metrics/);
  }
  if (file !== "api.md") return;
  expect(readFileSync(join(folder, "responses.csv"), "utf8")).toContain(",0,detractor,");
  expect(readFileSync(join(folder, "excel.csv"), "utf8")).toContain(";0;detractor;");
});

it("the loop for a long history puts the parts together", async () => {
  const loop = blocks("api.md", "sh").find((block) => block.includes("while ")) ?? "";
  const headers = { Authorization: `Bearer ${environment.KEY}`, "Content-Type": "application/json" };
  for (const nps of [1, 2]) {
    const id = mintResponseId(Date.now(), crypto.getRandomValues(new Uint8Array(10)));
    const body = JSON.stringify({ survey: environment.SURVEY, id, nps, comment: "two\nlines", test: false });
    expect((await fetch(`${collector.url}/v1/responses`, { method: "POST", headers, body })).status).toBe(201);
  }
  const script = loop.replace("limit=500", "limit=1").replaceAll("responses.csv", "parts.csv");
  expect(script).toContain("limit=1");
  const auth = blocks("api.md", "sh")
    .flatMap((block) => block.split("\n"))
    .find((line) => line.startsWith("auth="));
  await promisify(execFile)("sh", ["-ec", `${auth}\n${script}`], {
    cwd: folder,
    env: { ...process.env, ...environment },
  });
  const whole = await fetch(`${collector.url}/v1/surveys/${environment.SURVEY}/responses`, {
    headers: { ...headers, Accept: "text/csv" },
  });
  expect(readFileSync(join(folder, "parts.csv")).toString("base64")).toBe(
    Buffer.from(await whole.arrayBuffer()).toString("base64"),
  );
});
