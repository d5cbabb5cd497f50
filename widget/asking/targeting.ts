/** Who is asked, and where: for surveys that do not ask everybody. */

import type { Page } from "../page.ts";
import { pageAddress, watchRoute } from "../page-address.ts";
import { dayOf, draw, judgeVisit } from "./eligibility.ts";

const luck = /* @__PURE__ */ Math.random();
let watched = false;

/** The verdict of this moment; from now on another address is another moment. */
export function judgeNow(page: Page) {
  const { config, memory } = page;
  const today = dayOf(Date.now());
  const drawn = draw(config, memory.state(), today, luck);
  if (config.sample! < 1 || config.targeting?.first_visit_delay_days) memory.set(drawn);
  if (!watched) watchRoute(page.stop.signal, page.consider);
  watched = true;
  return judgeVisit(config, drawn, { today, page: pageAddress(), device: device(), languages: navigator.languages });
}

function device() {
  if (!matchMedia("(pointer:coarse)").matches) return "desktop";
  return Math.min(screen.width, screen.height) < 600 ? "phone" : "tablet";
}
