/** dist/public/_headers, which Cloudflare's static assets read: one part for each builder. */
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { root } from "./paths.ts";

const mark = (part: string) => `# ${part}\n`;

/** Replaces the part's rules and leaves those of the others. */
export async function writeHeaders(part: string, rules: string): Promise<void> {
  const file = join(root, "dist/public/_headers");
  const parts = (await readFile(file, "utf8").catch(() => "")).split(/^(?=# )/m);
  const others = parts.filter((each) => /^# \w+\n/.test(each) && !each.startsWith(mark(part)));
  await writeFile(file, [...others, mark(part) + rules].join(""));
}
