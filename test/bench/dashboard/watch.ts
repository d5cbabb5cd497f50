/** What stands in the page before its first script and takes the times. */

/** Of one view: what has to be painted, the control that is then used, and what shows that it answered. */
export type Wanted = {
  /** Selectors that must all be there. */
  painted: string[];
  control: { selector: string; choose?: string; press?: string };
  /** Matches, or reads otherwise than before, once the control has answered. */
  answer: string;
};

/** Instants are ms since the navigation began. */
export type Times = {
  painted: number;
  /** From using the control to its answer on the screen. */
  answeredAfter: number;
  usable: number;
  firstPaint: number;
  largestPaint: number;
  shift: number;
  longTasks: { start: number; ms: number }[];
  requests: { path: string; start: number; sent: number; first: number; end: number; bytes: number }[];
};

/** Runs in the page. Calls `vidhukDone` when the control has answered; from then on `vidhukTimes()` gives the times. */
export function watch({ painted, control, answer }: Wanted): void {
  const seen = { shift: 0, largestPaint: 0, firstPaint: 0, longTasks: [] as Times["longTasks"] };
  const observe = (type: string, see: (entry: PerformanceEntry & { value: number }) => void) =>
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) see(entry as PerformanceEntry & { value: number });
    }).observe({ type, buffered: true });
  let usedAt = Number.POSITIVE_INFINITY;
  observe("layout-shift", ({ value, startTime }) => {
    // What follows an act is not counted, as no browser counts it where a person acted.
    if (startTime < usedAt || startTime > usedAt + 500) seen.shift += value;
  });
  observe("largest-contentful-paint", ({ startTime }) => {
    seen.largestPaint = startTime;
  });
  observe("paint", ({ name, startTime }) => {
    if (name === "first-contentful-paint") seen.firstPaint = startTime;
  });
  observe("longtask", ({ startTime, duration }) => seen.longTasks.push({ start: startTime, ms: duration }));

  const text = () => document.querySelector(answer)?.textContent ?? null;
  /** Calls back when the frame in which `isThere` came true is on the screen. */
  const whenShown = (isThere: () => boolean, then: () => void) =>
    requestAnimationFrame(function look() {
      if (!isThere()) return requestAnimationFrame(look);
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = then;
      port2.postMessage(null);
    });
  whenShown(
    () => painted.every((selector) => document.querySelector(selector)),
    () => {
      const shownAt = performance.now();
      const before = text();
      usedAt = shownAt;
      use();
      whenShown(
        () => text() !== before,
        () => {
          const usable = performance.now();
          const found = () => ({
            ...seen,
            painted: shownAt,
            answeredAfter: usable - shownAt,
            usable,
            requests: [...performance.getEntriesByType("navigation"), ...performance.getEntriesByType("resource")].map(
              (entry) => {
                const { name, startTime, requestStart, responseStart, responseEnd, transferSize } =
                  entry as PerformanceResourceTiming;
                const path = name.replace(location.origin, "");
                return {
                  ...{ path, start: startTime, sent: requestStart, first: responseStart, end: responseEnd },
                  bytes: transferSize,
                };
              },
            ),
          });
          Object.assign(globalThis, { vidhukTimes: found });
          (globalThis as unknown as { vidhukDone: (text: string) => void }).vidhukDone("");
        },
      );
    },
  );

  function use(): void {
    const element = document.querySelector<HTMLElement>(control.selector)!;
    if (control.press) element.dispatchEvent(new KeyboardEvent("keydown", { code: control.press, bubbles: true }));
    else if (control.choose === undefined) element.click();
    else {
      (element as HTMLSelectElement).value = control.choose;
      element.dispatchEvent(new Event("change", { bubbles: true }));
    }
  }
}
