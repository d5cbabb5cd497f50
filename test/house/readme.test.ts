import { readdirSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { metricsShape } from "../../shared/schema/metrics-reply.ts";
import { scoreMetrics } from "../../shared/score.ts";
import { surveyDefaults } from "../../shared/vocabulary.ts";
import { servedLoader } from "../support/served-loader.ts";
import { servedSize } from "../support/served-size.ts";

const readme = readFileSync("README.md", "utf8");

/** Brotli kilobytes of some built files, to one decimal. */
function kilobytes(...texts: string[]): string {
  const bytes = texts.reduce((sum, text) => sum + servedSize(text), 0);
  return `${(bytes / 1000).toFixed(1)} kB`;
}

function built(name: string): string {
  const file = readdirSync("dist/public/widget").find((each) => each.startsWith(name));
  return readFileSync(`dist/public/widget/${file}`, "utf8");
}

it("says the bytes that a page really fetches", () => {
  const loader = servedLoader({ id: "srv_0123456789abcdef" }, built("loader.js"));
  const said = (name: string) => new RegExp(`<!-- ${name} -->(.+?)<!-- / -->`).exec(readme)?.[1];
  expect(said("nothing")).toBe(kilobytes(loader));
  expect(said("question")).toBe(kilobytes(loader, built("survey-en")));
  expect(said("conversation")).toBe(kilobytes(loader, built("survey-en"), built("later-en")));
});

it("compares itself by figures that are measured", () => {
  const cells = (start: string) => readme.split("\n").find((line) => line.startsWith(`| ${start}`)) ?? "";
  const bench = readFileSync("test/bench/widget-vs-field.ts", "utf8");
  const measured = (side: string) => {
    const bytes = new RegExp(`\\| ${side} +\\| +([\\d,]+) \\|`).exec(bench)?.[1]?.replace(",", "");
    return `${Math.round(Number(bytes) / 1000)} kB`;
  };
  const fast = cells("a page that stays fast");
  expect(fast).toContain(`| ${/<!-- question -->(.+?)<!-- \/ -->/.exec(readme)?.[1]} until`);
  expect(fast).toContain(`PostHog ${measured("posthog")}, SurveyJS ${measured("survey-js")}`);
  const limit = surveyDefaults.daily_limit.toLocaleString("en");
  expect(cells("nothing to look after")).toContain(`${limit} responses a day`);
  const deploying = readme.split("## Deploy")[1] ?? "";
  expect(deploying).toContain(`${limit} responses a day, which is also each survey's \`daily_limit\``);
});

it("shows a reply as the collector makes it", () => {
  const shown = JSON.parse(/```json\n([\s\S]+?)```/.exec(readme)?.[1] ?? "");
  expect(metricsShape.parse(shown)).toEqual(shown);
  for (const name of ["nps", "csat"] as const)
    expect(scoreMetrics(name, shown[name].distribution)).toEqual(shown[name]);
});

it("shows one answer in a picture that moves and is light enough for a README", () => {
  const file = /<img src="(docs\/[^"]+\.webp)"/.exec(readme)?.[1] ?? "";
  const picture = readFileSync(file);
  expect(picture.length).toBeLessThan(400_000);
  // A frame of an animated WebP is a chunk of this name.
  expect(picture.toString("latin1").split("ANMF").length).toBeGreaterThan(20);
});
