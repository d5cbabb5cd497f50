/** What can be told of the visit from the page, without asking anyone. */
import type { Device } from "./eligibility.ts";
import { listen } from "./listen.ts";

/** Without query and fragment: they carry names and tokens. */
export const pageAddress = () => location.href.split(/[?#]/)[0]!;

export function deviceOf({ userAgent, maxTouchPoints }: Navigator): Device {
  // iPadOS calls itself a Mac; no Mac has a touch screen. Android says "Mobile" on phones alone.
  return /iPad|Tablet|Android(?!.*Mobi)/.test(userAgent) ||
    (/Mac/.test(userAgent) && maxTouchPoints > 1 && !/iP/.test(userAgent))
    ? "tablet"
    : /Mobi/.test(userAgent)
      ? "phone"
      : "desktop";
}

/** Calls `changed` when the page's address does. The host's `history` stays untouched. */
export function watchRoute(signal: AbortSignal, changed: () => void): void {
  let last = pageAddress();
  const look = () => {
    if (last !== pageAddress()) {
      last = pageAddress();
      changed();
    }
  };
  const { navigation } = window as { navigation?: EventTarget };
  if (navigation) listen(navigation, "currententrychange", signal, look);
  else {
    const timer = setInterval(look, 1000);
    signal.addEventListener("abort", () => clearInterval(timer));
  }
}
