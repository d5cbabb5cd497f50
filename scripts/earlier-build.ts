import { rm } from "node:fs/promises";

/**
 * Whether the folder that is built is served meanwhile, as `npm run dev` does. Then what an earlier build wrote stays beside the
 * new: wrangler ends when a file goes that it is just listing.
 */
export const isServed = process.argv.includes("--served");

/** Removes what an earlier build wrote into a folder, unless it is served. */
export async function removeEarlierBuild(folder: string): Promise<void> {
  if (!isServed) await rm(folder, { recursive: true, force: true });
}
