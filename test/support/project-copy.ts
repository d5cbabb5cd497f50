import { cp, readdir, symlink } from "node:fs/promises";
import { join } from "node:path";
import { root } from "../../scripts/paths.ts";
import { temporaryFolder } from "./temporary-folder.ts";

/** What is made, kept or tested here, and is no source. */
const left = new Set([".git", ".tsbuild", ".wrangler", ".dev.vars", "dist", "node_modules", "test"]);

/**
 * The project's sources in a new folder, the caller's to remove, with the packages that are installed here. A command that
 * builds runs there: so no other test loads a file while it is written anew.
 */
export async function copyProject(): Promise<string> {
  const copy = await temporaryFolder();
  for (const name of await readdir(root))
    if (!left.has(name)) await cp(join(root, name), join(copy, name), { recursive: true });
  await symlink(join(root, "node_modules"), join(copy, "node_modules"));
  return copy;
}
