import { existsSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { limits } from "../../shared/limits.ts";
import { LOW_SAMPLE } from "../../shared/score.ts";
import { deliveryFailures, webhookEvents, webhookFormats } from "../../shared/vocabulary.ts";
import { readSource, sourceFiles } from "./sources.ts";

const documents = sourceFiles(/^([A-Z]+|docs\/[\w-]+)\.md$/);
const { scripts } = JSON.parse(readSource("package.json"));

it("say of the addresses that sign in how long they are good", () => {
  const { signInCodeDaysMost: days, signInCodeMinutes: minutes } = limits;
  for (const document of ["docs/dashboard.md", "docs/deploy.md"])
    for (const time of [`${days} days`, `${minutes} minutes`]) expect(readSource(document)).toContain(time);
  expect(readSource("README.md")).toContain(`${minutes} minutes`);
});

it("say of webhooks what holds", () => {
  const text = readSource("docs/webhooks.md").replace(/\s+/g, " ");
  for (const words of [
    `at most ${limits.webhooks} to a survey`,
    `for ${limits.webhookHoldSeconds} seconds at most`,
    `within ${limits.webhookTimeoutSeconds} seconds`,
    `For ${limits.webhookSecretHours} hours both secrets sign`,
    `Messages are deleted after ${limits.webhookDeliveryDays} days`,
    `if both have ${LOW_SAMPLE} answers or more`,
    ...webhookEvents.map((event) => `| \`${event}\` |`),
  ])
    expect(text).toContain(words);
  for (const failure of deliveryFailures) expect(text).toContain(`\`${failure}\``);
});

it("show a message in each form for people, in a picture that is light", () => {
  const text = readSource("docs/webhooks.md");
  for (const format of webhookFormats.filter((each) => each !== "standard")) {
    expect(text).toContain(`](messages/${format}.webp)`);
    expect(statSync(`docs/messages/${format}.webp`).size).toBeLessThan(40_000);
  }
});

it("say how long a mail server is waited for", () => {
  expect(readSource("docs/deploy.md")).toContain(`A mail server has ${limits.mailTimeoutSeconds} seconds for each.`);
});

it("say of failures what is bounded, and what was measured", () => {
  const text = readSource("docs/failure.md").replace(/\s+/g, " ");
  const said = (name: string) => new RegExp(`<!-- ${name} -->(.+?)<!-- / -->`).exec(text)?.[1];
  const store = readSource("worker/db/store.ts");
  const seconds = (name: string) =>
    Number(new RegExp(`${name} = ([\\d_]+);`).exec(store)?.[1]?.replace("_", "")) / 1000;
  expect(text).toContain(`gives up after ${seconds("requestBoundMs")} seconds, a job after ${seconds("jobBoundMs")} `);
  const replies = readSource("worker/http/problem-reply.ts");
  for (const code of ["overloaded", "database_full", "not_ready"]) {
    const wait = new RegExp(`  ${code}: \\{[^}]*?retryAfterSeconds: (\\d+)`).exec(replies)?.[1];
    expect(text).toContain(`503 \`${code}\`, \`Retry-After: ${wait}\``);
  }
  const measured = (file: string) => readSource(`test/bench/${file}`).replace(/\n \* /g, " ");
  expect(measured("kills.ts")).toContain(`: ${said("kills")} kills survived`);
  expect(measured("full-disk.ts")).toContain(`of ${said("full")} acknowledged responses ${said("full")} were stored`);
  expect(measured("mix.ts")).toContain(`collector ${said("mix")}, floor ${said("floor")} (`);
  expect(measured("mix.ts")).toContain(`to the message ${said("message")}.`);
});

describe.each(documents)("%s", (document) => {
  const text = readSource(document);

  it("names files and folders that are there", () => {
    const top = "shared|worker|widget|dashboard|scripts|test|docs";
    const named = [...text.matchAll(new RegExp(`\`((?:${top})/[\\w./-]*)\``, "g"))].map((match) => match[1] as string);
    expect(named.filter((path) => !existsSync(path))).toEqual([]);
  });

  it("leads nowhere that is not there", () => {
    const links = [...text.matchAll(/\]\((?![a-z]+:|#)([^)#]+)/g)].map((match) => match[1] as string);
    expect(links.filter((link) => !existsSync(join(dirname(document), link)))).toEqual([]);
  });

  it("names commands that exist", () => {
    const named = [...text.matchAll(/npm run ([\w:]+)/g)].map((match) => match[1] as string);
    expect(named.filter((name) => !(name in scripts))).toEqual([]);
  });
});
