/** The one way in which the widget hears of anything: ended by the signal, never throwing onto the page. */
export function listen(target: EventTarget, types: string, signal: AbortSignal, act: (event: Event) => unknown): void {
  for (const type of types.split(" "))
    target.addEventListener(
      type,
      async (event) => {
        try {
          await act(event);
        } catch (error) {
          warn(error);
        }
      },
      // Passive, so that no scroll waits for us; in capture, so that a page's stopPropagation hides no click.
      { passive: true, capture: true, signal },
    );
}

/** All that the widget ever says on a customer's page. */
export const warn = (reason: unknown) => console.warn("vidhuk:", reason);
