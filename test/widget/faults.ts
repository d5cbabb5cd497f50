import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import type { AxeResults } from "axe-core";
import type { Page } from "playwright-core";

const axe = await readFile(createRequire(import.meta.url).resolve("axe-core"), "utf8");

/** What axe finds wrong, and what it could not decide about the size of targets. */
export async function faults(page: Page) {
  await page.evaluate(axe);
  // Colours are judged when they stand still.
  await page.evaluate(() =>
    Promise.all(
      document
        .querySelector("vidhuk-survey")!
        .shadowRoot!.getAnimations()
        .map((each) => each.finished),
    ),
  );
  const { violations, incomplete } = await page.evaluate(() =>
    (window as unknown as { axe: { run(...about: unknown[]): Promise<AxeResults> } }).axe.run(
      { include: "vidhuk-survey" },
      {
        runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
        rules: { "target-size": { enabled: true } },
      },
    ),
  );
  return [...violations, ...incomplete.filter(({ id }) => id === "target-size")].map(
    ({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(" ")).join(", ")}`,
  );
}
