import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { root } from "./paths.ts";

/**
 * Writes the project's own wrangler.toml into `folder`, with another entry and with what is added, and gives its path. The paths in
 * it go from where it stands.
 */
export async function configFor(main: string, folder: string, added = ""): Promise<string> {
  const own = await readFile(join(root, "wrangler.toml"), "utf8");
  const moved = own.replace(
    /^(main|migrations_dir|directory) = "(.+)"$/gm,
    (_, name, path) => `${name} = ${JSON.stringify(resolve(root, name === "main" ? main : path))}`,
  );
  const config = join(folder, "wrangler.toml");
  // The assets of a project that was never built.
  await mkdir(join(root, "dist/public"), { recursive: true });
  await writeFile(config, `${moved}\n${added}`);
  return config;
}
