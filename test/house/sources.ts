import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../../scripts/paths.ts";

const notOurs = new Set(["node_modules", "dist", ".git", ".wrangler", ".tsbuild"]);

/** Every file that people of this project wrote, by its path from the root, with `/` on every system. */
export function sourceFiles(pattern: RegExp): string[] {
  const found: string[] = [];
  const walk = (folder: string): void => {
    for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
      const path = folder ? `${folder}/${entry.name}` : entry.name;
      if (entry.isDirectory()) notOurs.has(entry.name) || walk(path);
      else if (pattern.test(path)) found.push(path);
    }
  };
  walk("");
  return found.sort();
}

export function readSource(path: string): string {
  return readFileSync(join(root, path), "utf8");
}
