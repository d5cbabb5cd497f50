/** When to ask, once everything else allows it. */
import type { WidgetConfig } from "../shared/schema/survey.ts";
import { listen } from "./listen.ts";

/** Calls `fire` when the trigger's condition comes true, unless the signal has ended it. */
export function waitFor(trigger: NonNullable<WidgetConfig["trigger"]>, signal: AbortSignal, fire: () => unknown): void {
  const page = document.documentElement;
  const after = (seconds: number) => setTimeout(() => signal.aborted || fire(), seconds * 1000);
  switch (trigger.type) {
    case "delay":
      after(trigger.seconds);
      break;
    case "scroll": {
      const look = () => (scrollY + innerHeight) * 100 >= page.scrollHeight * trigger.percent && fire();
      listen(window, "scroll", signal, look);
      look();
      break;
    }
    case "exit":
      listen(page, "mouseleave", signal, (event) => (event as MouseEvent).clientY <= 0 && fire(), {});
      break;
    case "idle": {
      let timer = after(trigger.seconds);
      listen(window, "pointermove pointerdown keydown scroll", signal, () => {
        clearTimeout(timer);
        timer = after(trigger.seconds);
      });
      break;
    }
    case "event":
      listen(document, "vidhuk:event", signal, (event) => (event as CustomEvent).detail === trigger.name && fire());
      break;
    case "click":
      listen(document, "click", signal, (event) => (event.target as Element).closest?.(trigger.selector) && fire());
  }
}
