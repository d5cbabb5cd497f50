/** Where the visitor is, and when that changes. */
/** Without query and fragment: they carry names and tokens. */
export const pageAddress = () => location.href.split(/[?#]/)[0]!;

/** Acts on each new address: looked at once a second, for the host's `history` stays untouched. */
export function watchRoute(signal: AbortSignal, act: () => unknown): void {
  let last = pageAddress();
  const timer = setInterval(() => {
    const now = pageAddress();
    if (signal.aborted) clearInterval(timer);
    else if (last !== now) act();
    last = now;
  }, 1000);
}
