/** A text that comes with one view would be missing in another: the reader would see the name of its key. */
import { describe, expect, it } from "vitest";
import type { Sources } from "./imports.ts";
import { arrowsOf } from "./imports.ts";
import { readSource, sourceFiles } from "./sources.ts";

const VIEWS = "dashboard/views/lazy-views.ts";
const sources: Sources = Object.fromEntries(
  sourceFiles(/^dashboard\/(?!strings\/).*\.tsx?$/).map((path) => [path, readSource(path)]),
);

/** `first-run` is the folder of the table `firstRun`. */
function nameOf(folder: string): string {
  return folder.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
}

/** The tables of views, each with the keys of its texts. */
const tables = Map.groupBy(
  sourceFiles(/^dashboard\/strings\/[\w-]+\/en\.ts$/).flatMap((path) =>
    [...readSource(path).matchAll(/^ {2}(\w+):/gm)].map(([, key]) => ({
      table: nameOf(path.split("/")[2]!),
      key: key!,
    })),
  ),
  ({ table }) => table,
);

/** The views that are fetched when they are wanted, and the page itself: what it begins with, and the tables it has. */
function rootsOf(text: string): { path: string; own: string[] }[] {
  const own = text.slice(text.indexOf("viewStrings"));
  const views = [...text.matchAll(/^ {2}(\w+): async \(\) => \(await import\("\.\/(.+?)"\)\)/gm)];
  const found = views.map(([, name, path]) => ({
    path: `dashboard/views/${path}`,
    own: new RegExp(`\\b${name}: \\[([^\\]]*)\\]`).exec(own)?.[1]?.match(/\w+/g) ?? [],
  }));
  return [{ path: "dashboard/main.tsx", own: [] }, ...found];
}

/** `file` uses `key`, which comes with another view than the one that has begun with `root`. */
function strayTexts(all: Sources): string[] {
  // Neither what is fetched later nor a type brings code along.
  const apart = /\bimport\("[^"]+"\)|\bimport type [^;]+;/g;
  const arrows = arrowsOf(
    Object.fromEntries(Object.entries(all).map(([path, text]) => [path, text.replaceAll(apart, "")])),
  );
  return rootsOf(all[VIEWS]!).flatMap((root) => {
    const reached = new Set([root.path]);
    for (const file of reached) for (const { from, to } of arrows) if (from === file) reached.add(to);
    return [...tables].flatMap(([table, keys]) =>
      root.own.includes(table)
        ? []
        : keys.flatMap(({ key }) => usersOf(key, all, reached).map((file) => `${file}: ${key}`)),
    );
  });
}

/** The files among `reached` that name the key in a string of its own. */
function usersOf(key: string, all: Sources, reached: ReadonlySet<string>): string[] {
  return [...reached].filter((path) => new RegExp(`t\\((?:[^()]*[?:] )?"${key}"`).test(all[path]!));
}

it("reads the tables and the views", () => {
  expect([...tables.keys()].sort()).toEqual(["comments", "firstRun", "import", "log", "settings"]);
  expect(rootsOf(sources[VIEWS]!).filter(({ path }) => !(path in sources))).toEqual([]);
  expect(rootsOf(sources[VIEWS]!).filter(({ own }) => own.length > 0).length).toBeGreaterThanOrEqual(tables.size);
});

it("has each text in the table of the view that shows it", () => {
  expect(strayTexts(sources)).toEqual([]);
});

describe("a fault would be found", () => {
  it.each([
    ["in another view", "dashboard/views/comments/comments.tsx"],
    ["in what two views show", "dashboard/ui/look-fields.tsx"],
    ["on the page itself", "dashboard/app.tsx"],
  ])("of a text %s", (_, path) => {
    const planted = { ...sources, [path]: `${sources[path]}\nconst text = t(isIt ? "origins" : "x");` };
    expect(strayTexts(planted)).toContain(`${path}: origins`);
  });
});
