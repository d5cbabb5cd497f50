/** Who is asked, and where: for surveys that do not ask everybody. */

import type { Page } from "../page.ts";
import { pageAddress } from "../page-address.ts";
import { judgeVisit, sampleVisitor } from "./eligibility.ts";

/** One for the page's life, for it is judged more than once. */
const chance = /* @__PURE__ */ Math.random();
/** The address as it was last looked at: once a second, for the host's `history` stays untouched. */
let last = /* @__PURE__ */ pageAddress();
let timer: ReturnType<typeof setInterval> | undefined;

/** The verdict of this moment; from now on another address is another moment. */
export function judgeVisitNow(page: Page) {
  const { config, memory } = page;
  const today = Math.floor(Date.now() / 864e5);
  const sampling = sampleVisitor(config, memory.state(), today, chance);
  if (config.sample! < 1 || config.targeting?.first_visit_delay_days) memory.set(sampling);
  timer ??= setInterval(() => {
    const now = pageAddress();
    if (page.stop.signal.aborted) clearInterval(timer);
    else {
      // One look for both: on a quick way back the open survey would see an address that is never seen here.
      page.leave?.();
      // A page may say who its visitor is at any time.
      if (last !== now || (VISITORS && page.status === "property_not_targeted")) page.consider();
    }
    last = now;
  }, 1000);
  return judgeVisit(config, sampling, { today, page: pageAddress(), device: device(), languages: navigator.languages });
}

function device() {
  if (!matchMedia("(pointer:coarse)").matches) return "desktop";
  return Math.min(screen.width, screen.height) < 600 ? "phone" : "tablet";
}
