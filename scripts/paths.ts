/** Where this project's commands find and keep things. */
import { join, resolve } from "node:path";

export const root = resolve(import.meta.dirname, "..");

/** What `npm start` keeps between runs; VIDHUK_STATE moves all of it, token included, out of the project. */
export function statePlaces(folder = process.env.VIDHUK_STATE) {
  const state = folder ? resolve(folder) : join(root, ".wrangler");
  return {
    state,
    /** wrangler's own default inside .wrangler, so that `wrangler d1 execute DB --local` sees the same database. */
    persist: join(state, "state"),
    devVars: folder ? join(state, ".dev.vars") : join(root, ".dev.vars"),
    demoMade: join(state, "demo-made"),
  };
}
