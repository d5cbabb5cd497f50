/** The one way in which the widget hears of anything: ended by the signal, never throwing onto the page. */
export function listen(target: EventTarget, types: string, signal: AbortSignal, act: (event: Event) => unknown): void {
  try {
    listenPlainly(target, types, signal, async (event) => {
      try {
        // A page's own addEventListener may know nothing of signals.
        if (!signal.aborted) await act(event);
      } catch (error) {
        warn(error);
      }
    });
  } catch (error) {
    warn(error);
  }
}

/** The same for an act that throws nothing, in fewer bytes. */
export function listenPlainly(
  target: EventTarget,
  types: string,
  signal: AbortSignal,
  act: (event: Event) => unknown,
): void {
  // Passive, so that no scroll waits for us; in capture, so that a page's stopPropagation hides no click.
  for (const type of types.split(" ")) target.addEventListener(type, act, { passive: true, capture: true, signal });
}

/** The next such event of the window; what acts on it must not throw. */
export const listenOnce = (type: string, act: () => void) => addEventListener(type, act, { once: true });

/** All that the widget ever says on a customer's page. */
export const warn = (reason: unknown) => console.warn("vidhuk:", reason);
