/** Asks the collector whether this identified person may be asked now, on whatever device they answered last. */

import type { Page } from "../page.ts";
import { post } from "../transport.ts";
import { dayOf } from "./eligibility.ts";

/** A token the collector does not take counts for nothing; a collector out of reach means: not now. */
export async function isHeldBack(page: Page): Promise<boolean> {
  const { id, token } = page.api.person ?? {};
  if (!id || !token) return false;
  const today = dayOf(Date.now());
  // Not asked about twice a day: a page view costs no request.
  let held = page.memory.state().held === today;
  if (!held) {
    const { status, body } = await post(`${page.host}/v1/eligibility`, {
      survey: page.config.id,
      id,
      token,
    });
    // Whoever else answers is no collector within reach.
    held = body?.code ? status === 429 || status >= 500 : !body?.ask;
  }
  if (held) {
    page.memory.set({ held: today });
    page.status = "held_back";
  }
  return held;
}
