import type { After } from "../../../worker/db/store.ts";

/** Waits for nothing that is short, as the pause before a statement is sent again; a call is never given up. */
export const promptly: After = (ms, then) => {
  if (ms < 1000) queueMicrotask(then);
  return () => {};
};
