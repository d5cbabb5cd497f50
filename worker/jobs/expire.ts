/** What is kept for a while and then for nobody: yesterday's salt, acts in the audit log after 400 days. */
import { purgeActs } from "../db/audit.ts";
import { turnSalts } from "../db/salts.ts";
import type { Store } from "../db/store.ts";
import type { Done } from "./run.ts";

const CHUNK = 1000;
const ACTS_MS = 400 * 86_400_000;

export async function forget(store: Store, now: number): Promise<Done> {
  await turnSalts(store, now);
  const done = await purgeActs(store, now - ACTS_MS, CHUNK);
  return { done, more: done === CHUNK };
}
