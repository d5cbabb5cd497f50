import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import type { Page } from "playwright-core";
import { expect } from "vitest";

const source = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
/** target-size ships disabled and wcag22aa is not among the tags that axe runs by itself. */
const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

type Result = { id: string; nodes: { target: unknown; failureSummary?: string }[] };

/** Fails with every fault of WCAG 2.2 AA that axe finds, and with what it could not decide about the size of targets. */
export async function expectAccessible(page: Page): Promise<void> {
  // By the debugger, which no Content-Security-Policy of the page forbids.
  await page.evaluate(source);
  const { violations, incomplete } = await page.evaluate(
    async (values) =>
      (
        globalThis as unknown as {
          axe: { run: (...of: unknown[]) => Promise<{ violations: Result[]; incomplete: Result[] }> };
        }
      ).axe.run(
        { exclude: [["iframe"]] },
        { runOnly: { type: "tag", values }, rules: { "target-size": { enabled: true } }, iframes: false },
      ),
    tags,
  );
  const faults = [...violations, ...incomplete.filter(({ id }) => id === "target-size")].flatMap(({ id, nodes }) =>
    nodes.map((node) => `${id} ${JSON.stringify(node.target)} ${node.failureSummary}`),
  );
  expect(faults).toEqual([]);
}
