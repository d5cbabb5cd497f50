/**
 * `npm run build:client [FOLDER]`: the package for teams as it is published, into dist/client: one module, its types, and
 * what npm needs. `npm pack` in that folder makes the file that npm would publish.
 */
import { execFile } from "node:child_process";
import { cp, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { gzipSync } from "node:zlib";
import { build as viteBuild } from "vite";
import { clientTypes } from "./client-types.ts";
import { root } from "./paths.ts";

/** Replaces the package in `folder`. Gives the bytes of its module. */
export async function buildClient(folder = join(root, "dist/client")): Promise<{ bytes: number; gzipped: number }> {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const code = await bundle();
  await writeFile(join(folder, "index.js"), code);
  await writeDeclarations(folder);
  for (const name of ["package.json", "README.md"]) await cp(join(root, "client", name), join(folder, name));
  await cp(join(root, "LICENSE"), join(folder, "LICENSE"));
  return { bytes: Buffer.byteLength(code), gzipped: gzipSync(code).length };
}

async function bundle(): Promise<string> {
  const built = await viteBuild({
    configFile: false,
    logLevel: "warn",
    root: join(root, "client"),
    build: {
      write: false,
      target: "es2023",
      minify: false,
      lib: { entry: join(root, "client/index.ts"), formats: ["es"] },
    },
  });
  const outputs = (Array.isArray(built) ? built : [built]).flatMap((each) => ("output" in each ? each.output : []));
  const [chunk, ...others] = outputs;
  if (chunk?.type !== "chunk" || others.length > 0) throw new Error("the client is not one module");
  return chunk.code;
}

/** The compiler's declarations, but for the types that it only passes on: those are written out. */
async function writeDeclarations(folder: string): Promise<void> {
  const tsc = join(root, "node_modules/typescript/bin/tsc");
  await promisify(execFile)(process.execPath, [tsc, "-b", "client"], { cwd: root });
  const compiled = join(root, ".tsbuild/client");
  for (const source of await readdir(join(root, "client"))) {
    const name = source.replace(/\.ts$/, ".d.ts");
    if (name === source || source === "types.ts") continue;
    const text = await readFile(join(compiled, name), "utf8");
    await writeFile(join(folder, name), text.replaceAll(/(from "\.\/[\w-]+)\.ts"/g, '$1.js"'));
  }
  await writeFile(join(folder, "types.d.ts"), clientTypes());
}

if (import.meta.main) {
  const { bytes, gzipped } = await buildClient(process.argv[2]);
  console.log(`dist/client/index.js: ${bytes} bytes, ${gzipped} gzipped`);
}
