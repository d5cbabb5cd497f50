/**
 * The widget repeats some values of shared/look.ts, because an import would cost bytes on every page. This test compares them.
 */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import { root } from "../../scripts/paths.ts";
import { facePath, palette } from "../../shared/look.ts";

const variables = {
  accent: "accent",
  onAccent: "on-accent",
  background: "background",
  text: "text",
  muted: "muted",
  cell: "cell",
  line: "line",
} as const;

it.each(["light", "dark"] as const)("the widget's %s colours are those of the pages", async (scheme) => {
  const css = await readFile(join(root, "widget/ui/survey.css"), "utf8");
  const own = Object.fromEntries(
    Object.entries(variables).map(([name, variable]) => {
      const said = [...css.matchAll(new RegExp(`var\\(--vidhuk-${variable}, (?:var\\(--[\\w-]+, )?(#[0-9a-f]+)`, "g"))];
      return [name, said[scheme === "light" ? 0 : 1]?.[1]];
    }),
  );
  const { page: _, ...colours } = palette[scheme];
  expect(own).toEqual(colours);
});

it("the widget's faces are those of the pages", async () => {
  const source = await readFile(join(root, "widget/ui/face.tsx"), "utf8");
  const template = /d=\{`([^`]+)`\}/.exec(source)?.[1];
  const drawn = (score: number) =>
    template
      ?.replace(/\$\{17\.5 - score \/ 2\}/, String(17.5 - score / 2))
      .replace(/\$\{\(score - 3\) \* 2\.2\}/, String((score - 3) * 2.2));
  for (const score of [1, 2, 3, 4, 5]) expect(drawn(score)).toBe(facePath(score));
});
