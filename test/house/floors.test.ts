import { execFile } from "node:child_process";
import { cp, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { root } from "../../scripts/paths.ts";

const floors = ["shared", "worker", "widget", "dashboard", "client"];

/** Each pair: a file, and a type of another floor that it must not import. */
const forbidden = [
  { from: "widget", import: "Env", of: "../worker/env.ts" },
  { from: "worker", import: "Verdict", of: "../widget/asking/eligibility.ts" },
  { from: "shared", import: "Env", of: "../worker/env.ts" },
  { from: "shared", import: "Verdict", of: "../widget/asking/eligibility.ts" },
  { from: "dashboard", import: "Env", of: "../worker/env.ts" },
  { from: "dashboard", import: "Verdict", of: "../widget/asking/eligibility.ts" },
  { from: "client", import: "Env", of: "../worker/env.ts" },
  { from: "client", import: "Verdict", of: "../widget/asking/eligibility.ts" },
  { from: "dashboard", import: "VidhukError", of: "../client/error.ts" },
  { from: "widget", import: "Address", of: "../dashboard/address/address.ts" },
];

describe("the compiler keeps the floors apart", () => {
  let copy: string;
  let output: string;

  beforeAll(async () => {
    copy = await mkdtemp(join(tmpdir(), "vidhuk-floors-"));
    for (const each of [...floors, "tsconfig.base.json"])
      await cp(join(root, each), join(copy, each), { recursive: true });
    await symlink(join(root, "node_modules"), join(copy, "node_modules"));
    for (const { from, import: name, of } of forbidden)
      await writeFile(
        join(copy, from, trespasser(of)),
        `import type { ${name} } from "${of}";\nexport type Seen = ${name};\n`,
      );
    output = await compile(copy);
  }, 120_000);

  afterAll(() => rm(copy, { recursive: true, force: true }));

  it.each(forbidden)("refuses a type of $of in $from", ({ from, of }) => {
    const file = `${from}/${trespasser(of)}`;
    expect(output.split("\n").filter((line) => line.startsWith(file))).toContainEqual(
      expect.stringContaining("TS6307"),
    );
  });
});

function trespasser(target: string): string {
  return `from-${target.split("/")[1]}.ts`;
}

async function compile(folder: string): Promise<string> {
  const tsc = join(root, "node_modules/typescript/bin/tsc");
  try {
    const { stdout } = await promisify(execFile)(process.execPath, [tsc, "-b", ...floors], { cwd: folder });
    return stdout;
  } catch (error) {
    return (error as { stdout: string }).stdout;
  }
}
