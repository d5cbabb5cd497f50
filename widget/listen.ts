/** The one way in which the widget hears of anything: ended by the signal, and never throwing onto the page. */
export function listen(
  target: EventTarget,
  types: string,
  signal: AbortSignal,
  act: (event: Event) => unknown,
  // Passive, so that no scroll waits for us; in capture, so that a page's stopPropagation does not hide a click.
  options: AddEventListenerOptions = { passive: true, capture: true },
): void {
  for (const type of types.split(" "))
    target.addEventListener(
      type,
      (event) => {
        try {
          act(event);
        } catch (error) {
          warn(error);
        }
      },
      { ...options, signal },
    );
}

/** All that the widget ever says on a customer's page. */
export const warn = (reason: unknown) => console.warn("vidhuk:", reason);
