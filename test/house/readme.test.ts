import { readdirSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";
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

it("shows one answer in a picture that moves and is light enough for a README", () => {
  const file = /<img src="(docs\/[^"]+\.webp)"/.exec(readme)?.[1] ?? "";
  const picture = readFileSync(file);
  expect(picture.length).toBeLessThan(400_000);
  // A frame of an animated WebP is a chunk of this name.
  expect(picture.toString("latin1").split("ANMF").length).toBeGreaterThan(20);
});
