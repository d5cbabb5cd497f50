import { readFileSync } from "node:fs";
import { expect, it } from "vitest";

type Locked = { version?: string; optionalDependencies?: Record<string, string> };

/**
 * npm leaves a platform's package out of the lockfile when the registry it asked did not have it, and then `npm ci` fails
 * for everybody. Put the missing entry back by hand (version, cpu, os, optional), as the others of its kind stand there.
 */
it("names the packages of every platform, so that npm ci works on all of them", () => {
  const { packages } = JSON.parse(readFileSync("package-lock.json", "utf8")) as { packages: Record<string, Locked> };
  const missing = Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies).filter(
      (name) => !packages[`${path}/node_modules/${name}`]?.version && !packages[`node_modules/${name}`]?.version,
    ),
  );
  expect(missing).toEqual([]);
});
