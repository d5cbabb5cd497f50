/** When to ask, once everything else allows it. */
import type { WidgetConfig } from "../../shared/schema/survey.ts";
import { listenPlainly, warn } from "../listen.ts";

/** What to listen for where the trigger and the browser's event go by different names. */
const events: Partial<Record<string, string>> = {
  exit: "mouseout",
  event: "vidhuk:event",
  idle: "pointermove keydown scroll",
};

type Heard = { detail?: unknown } & Partial<Pick<MouseEvent, "clientY" | "relatedTarget" | "target">>;

type AnyTrigger = NonNullable<WidgetConfig["trigger"]>;
export type Delay = Extract<AnyTrigger, { type: "delay" }>;
/** What is waited for by a loader of its own; the others know of delays, and of own buttons, for which nothing waits. */
export type Trigger = Exclude<AnyTrigger, { type: "delay" | "manual" }>;

/** Calls `fire` once, when the trigger's condition comes true, unless the signal comes before. */
export function waitFor(trigger: Trigger, signal: AbortSignal, fire: () => unknown): void {
  const end = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const done = () => {
    if (!end.signal.aborted && !signal.aborted) fire();
    end.abort();
  };
  const look = ({ detail, clientY, relatedTarget, target }: Heard) => {
    clearTimeout(timer);
    if (trigger.type === "idle") timer = setTimeout(done, trigger.seconds * 1000);
    else if (
      trigger.type === "scroll"
        ? (scrollY + innerHeight) * 100 >= document.documentElement.scrollHeight * trigger.percent
        : trigger.type === "exit"
          ? clientY! <= 0 && !relatedTarget
          : trigger.type === "click"
            ? (target as Element | undefined)?.closest?.(trigger.selector)
            : detail === trigger.name
    )
      done();
  };
  try {
    // A selector that is none is said now, and not at each of the visitor's clicks. Without one, "undefined" is looked for.
    document.querySelector((trigger as { selector: string }).selector);
    listenPlainly(window, events[trigger.type] ?? trigger.type, end.signal, look as (event: Event) => void);
    look({});
  } catch (error) {
    warn(error);
  }
}
