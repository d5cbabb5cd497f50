/** The package for teams as npm would publish it, in an empty project: it installs, compiles strictly and runs. */
import { execFile } from "node:child_process";
import { mkdir, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { buildClient } from "../../scripts/build-client.ts";
import { root } from "../../scripts/paths.ts";
import { mintResponseId } from "../../shared/response-id.ts";
import type { TestCollector } from "../support/collector.ts";
import { startCollector } from "../support/collector.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const run = promisify(execFile);
const tsc = join(root, "node_modules/typescript/bin/tsc");

let folder: string;
let project: string;
let size: { bytes: number; gzipped: number };
let collector: TestCollector;

beforeAll(async () => {
  folder = await temporaryFolder();
  collector = await startCollector();
  const built = join(folder, "built");
  size = await buildClient(built);
  await run("npm", ["pack", "--pack-destination", folder, "--offline"], { cwd: built });
  const [tarball] = (await readdir(folder)).filter((name) => name.endsWith(".tgz"));
  project = join(folder, "project");
  await mkdir(project);
  await writeFile(join(project, "package.json"), JSON.stringify({ name: "empty", private: true, type: "module" }));
  await run("npm", ["install", "--offline", "--no-audit", "--no-fund", join(folder, tarball!)], { cwd: project });
}, 120_000);

afterAll(async () => {
  await collector?.stop();
  await rm(folder, { recursive: true, force: true });
});

describe("the package", () => {
  it("holds one module and its types, needs nothing else, and is as small as its README says", async () => {
    const installed = join(project, "node_modules/@vidhuk/client");
    const about = JSON.parse(await readFile(join(installed, "package.json"), "utf8"));
    expect([about.name, about.private, about.dependencies]).toEqual(["@vidhuk/client", false, undefined]);
    const names = (await readdir(installed)).sort();
    expect(names.filter((name) => !name.endsWith(".d.ts"))).toEqual([
      "LICENSE",
      "README.md",
      "index.js",
      "package.json",
    ]);
    const outside = /from "(?!\.\/[\w-]+\.js")|\bimport\(["`]|require\(/;
    for (const name of names.filter((each) => /\.(js|d\.ts)$/.test(each)))
      expect(await readFile(join(installed, name), "utf8"), name).not.toMatch(outside);
    const readme = await readFile(join(installed, "README.md"), "utf8");
    const [, said, gzipped] = /One module of (\d+) kB \((\d+) kB gzipped\), no dependency/.exec(readme) ?? [];
    expect([Math.ceil(size.bytes / 1000), Math.ceil(size.gzipped / 1000)]).toEqual([Number(said), Number(gzipped)]);
  });

  it("has the types of the collector's own shapes, neither looser nor tighter", async () => {
    const source = join(root, "client/types.ts");
    const own = await readFile(source, "utf8");
    const lists = [...own.matchAll(/export type \{([^}]+)\}/g)].flatMap(([, list = ""]) => list.split(","));
    const names = lists.map((name) => name.trim()).filter((name) => name !== "Page");
    expect(names.length).toBeGreaterThan(20);
    const checked = names.map(
      (name) => `export const ${name}: Same<Written.${name}, Own.${name}> = true;
export const read${name}: Same<Own.${name}, Written.${name}> = true;`,
    );
    const compared = join(project, "compared.ts");
    await symlink(join(root, "node_modules/zod"), join(project, "node_modules/zod"));
    await writeFile(
      compared,
      `import type * as Own from ${JSON.stringify(source)};
import type * as Written from "./node_modules/@vidhuk/client/types.d.ts";
type Same<A, B> = [A] extends [B] ? true : { missing: B };
${checked.join("\n")}\n`,
    );
    const flags = ["--noEmit", "--strict", "--exactOptionalPropertyTypes", "--module", "esnext", "--skipLibCheck"];
    const more = ["--moduleResolution", "bundler", "--allowImportingTsExtensions", "--target", "es2024"];
    const { stdout } = await run(process.execPath, [tsc, ...flags, ...more, "--types", "", compared], {
      cwd: project,
    }).catch((error: { stdout: string }) => error);
    expect(stdout).toBe("");
  }, 60_000);

  it("compiles the README's sample strictly, and runs it against a collector on every Node there is", async () => {
    const headers = { Authorization: `Bearer ${collector.adminToken}`, "Content-Type": "application/json" };
    const send = async (path: string, body: object) =>
      (await (await fetch(collector.url + path, { method: "POST", headers, body: JSON.stringify(body) })).json()) as {
        id: string;
      };
    const { id } = await send("/v1/surveys", { name: "Sample", segments: ["plan"] });
    const response = mintResponseId(Date.now(), crypto.getRandomValues(new Uint8Array(10)));
    await send("/v1/responses", { survey: id, id: response, nps: 2, comment: "too late", properties: { plan: "pro" } });

    const readme = await readFile(join(root, "client/README.md"), "utf8");
    const sample = (/```ts\n(.*?)```/s.exec(readme)?.[1] ?? "")
      .replace("https://feedback.example", collector.url)
      .replace("vhk_…", collector.adminToken)
      .replace("srv_…", id);
    await writeFile(join(project, "sample.ts"), sample);
    const flags = ["--strict", "--exactOptionalPropertyTypes", "--noUncheckedIndexedAccess", "--module", "nodenext"];
    const more = ["--target", "es2022", "--lib", "es2022,dom,dom.iterable", "--types", "", "--outDir", "out"];
    await run(process.execPath, [tsc, ...flags, ...more, "sample.ts"], { cwd: project }).catch((error) => {
      throw new Error(error.stdout);
    });
    const nodes = await everyNode();
    expect(nodes.length).toBeGreaterThan(0);
    for (const node of nodes) {
      const { stdout } = await run(node.path, ["out/sample.js"], { cwd: project });
      expect(stdout.split("\n"), node.version).toEqual([
        "-100 [ [ 'pro', -100 ] ]",
        "undefined too late",
        `${response} 2 null`,
        "not_found 404 [] null",
        "",
      ]);
    }
    console.info(`the sample ran on Node ${nodes.map(({ version }) => version).join(" and ")}`);
  }, 60_000);
});

/** Each Node on the path that the package is made for, one of each version. */
async function everyNode(): Promise<{ path: string; version: string }[]> {
  const places = [process.execPath, ...(process.env.PATH ?? "").split(delimiter).map((each) => join(each, "node"))];
  const found = new Map<string, string>();
  for (const path of places) {
    const { stdout } = await run(path, ["--version"]).catch(() => ({ stdout: "" }));
    const [, major = "0", minor = "0"] = /^v(\d+)\.(\d+)/.exec(stdout) ?? [];
    const isMadeFor = Number(major) > 20 || (Number(major) === 20 && Number(minor) >= 3);
    if (isMadeFor && !found.has(stdout.trim())) found.set(stdout.trim(), path);
  }
  return [...found].map(([version, path]) => ({ version, path }));
}
