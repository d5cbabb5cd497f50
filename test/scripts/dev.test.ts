/** `npm run dev` in a copy of the project, whose sources the tests may change. */
import { existsSync } from "node:fs";
import { appendFile, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Started } from "../support/npm-start.ts";
import { npmStart, until } from "../support/npm-start.ts";
import { copyProject } from "../support/project-copy.ts";

let project: string;
let started: Started;

beforeAll(async () => {
  project = await copyProject();
  started = await npmStart(join(project, "state"), {}, { script: "dev", project });
});

afterAll(async () => {
  started?.npm.kill("SIGINT");
  await started?.ended;
  await rm(project, { recursive: true, force: true });
});

/** What the collector serves at a path; empty while it starts anew, be it in the middle of a reply. */
const served = (path: string) =>
  fetch(started.url + path)
    .then((reply) => reply.text())
    .catch(() => "");

/** The survey's code for English, which the loader finds by the hash in its name. */
async function survey(): Promise<string> {
  const version = /\b[0-9a-f]{8}\b/.exec(await served("/w/srv_demo.js"))?.[0];
  return served(`/widget/survey-en.${version}.js`);
}

async function change(file: string, from: string, to: string): Promise<void> {
  const path = join(project, file);
  const before = await readFile(path, "utf8");
  expect(before).toContain(from);
  // Another file replaces the first, as editors and git do it.
  await rm(path);
  await writeFile(path, before.replace(from, to));
}

async function untilServed(ask: () => Promise<string>, text: string): Promise<void> {
  for (const deadline = Date.now() + 60_000; Date.now() < deadline; ) if ((await ask()).includes(text)) return;
  throw new Error(`not served within a minute: ${text}\n${started.output()}`);
}

it("serves a changed look of the widget, and reloads the demo shop", async () => {
  const shop = await (await fetch(started.shop)).text();
  expect(shop).toContain("/reloads");
  const reloads = (await fetch(`${started.shop}reloads`)).body!.getReader();
  await change("widget/ui/survey.css", "#3450c4", "#3450c5");
  await untilServed(survey, "#3450c5");
  expect(new TextDecoder().decode((await reloads.read()).value)).toBe("data: reload\n\n");
  await reloads.cancel();
});

it("serves changed words of the survey", async () => {
  await change("shared/strings/en.ts", "How likely", "How very likely");
  await untilServed(survey, "How very likely");
});

it("serves a changed dashboard, and no folder that is served is gone meanwhile", async () => {
  // Wrangler ends when one goes that it is just listing.
  const folders = await readdir(join(project, "dist/public"));
  const gone = new Set<string>();
  const watching = setInterval(() => {
    for (const each of folders) if (!existsSync(join(project, "dist/public", each))) gone.add(each);
  }, 1);
  await change("dashboard/index.html", "<title>", "<title>Changed: ");
  await untilServed(() => served("/dashboard/"), "Changed: ");
  clearInterval(watching);
  expect([...gone]).toEqual([]);
});

it("serves a changed Worker", async () => {
  await change("worker/http/problem-reply.ts", "There is nothing at this address", "Nothing is at this address");
  await untilServed(() => served("/nothing"), "Nothing is at this address");
});

it("goes on after a source that does not compile, and says what is wrong with it", async () => {
  await appendFile(join(project, "widget/survey.tsx"), "\nconst = ;\n");
  await until(() => started.output().includes("survey.tsx"));
  await change("widget/survey.tsx", "\nconst = ;\n", "\n");
  await change("widget/ui/survey.css", "#3450c5", "#3450c6");
  await untilServed(survey, "#3450c6");
});
