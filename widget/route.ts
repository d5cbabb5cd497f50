/** Where the visitor is, and when that changes. */
import type { Page } from "./page.ts";

/** Without query and fragment: they carry names and tokens. */
export const pageAddress = () => location.href.split(/[?#]/)[0]!;

/** Considers the survey anew on each new address: looked at once a second, for the host's `history` stays untouched. */
export function watchRoute(page: Page): void {
  let last = pageAddress();
  const timer = setInterval(() => {
    const now = pageAddress();
    if (page.life.signal.aborted) clearInterval(timer);
    else if (last !== now) page.consider();
    last = now;
  }, 1000);
}
