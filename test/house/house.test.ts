import { expect, it } from "vitest";
import { readSource, sourceFiles } from "./sources.ts";

const code = /\.(ts|tsx|css|html|sql|sh)$/;

it("imports zod in shared/schema only; elsewhere at most its types, which are erased", () => {
  const value = /^(import|export) (?!type\b)[^;]*from "zod|import\("zod/m;
  const importers = sourceFiles(/\.tsx?$/).filter((path) => value.test(readSource(path)));
  // Tests may inspect zod schemas; the code that is shipped may not.
  expect(importers.filter((path) => !/^(shared\/schema|test)\//.test(path))).toEqual([]);
  expect(importers).not.toEqual([]);
});

it("takes nothing but types from shared/schema into what browsers load", () => {
  const value = /^import (?!type\b)[^;]*shared\/schema/m;
  expect(sourceFiles(/^(widget|dashboard|client)\/.*\.tsx?$/).filter((path) => value.test(readSource(path)))).toEqual(
    [],
  );
});

it("pins every dependency exactly", () => {
  const { dependencies, devDependencies } = JSON.parse(readSource("package.json"));
  const loose = Object.entries({ ...dependencies, ...devDependencies }).filter(
    ([, version]) => !/^\d+\.\d+\.\d+(-[0-9A-Za-z.]+)?$/.test(String(version)),
  );
  expect(loose).toEqual([]);
});

it("approves the install scripts of the packages that need them, so that a strict npm installs too", () => {
  const { packages } = JSON.parse(readSource("package-lock.json"));
  const scripted = Object.entries<{ hasInstallScript?: boolean; optional?: boolean }>(packages)
    .filter(([, about]) => about.hasInstallScript && !about.optional)
    .map(([path]) => path.split("node_modules/").at(-1));
  expect(Object.keys(JSON.parse(readSource("package.json")).allowScripts)).toEqual(expect.arrayContaining(scripted));
});

it("binds the database without an id, so that a deploy makes one of its own", () => {
  expect(readSource("wrangler.toml")).not.toMatch(/^\s*database_id/m);
});

it("leaves nothing for later in the code", () => {
  // The text is put together, so that the search does not find this line.
  const later = /\b(TO[D]O|FIX[M]E|XX[X]|HAC[K])\b/;
  const forgotten = /\bdebugger;|\b(it|test|describe)\.(only|skip|todo)\(/;
  const found = sourceFiles(code).filter((path) => later.test(readSource(path)) || forgotten.test(readSource(path)));
  expect(found).toEqual([]);
});
