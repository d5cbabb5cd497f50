import type { ComponentChildren } from "preact";
import { useRef } from "preact/hooks";

/** A few seldom used acts behind one button; Escape and a click elsewhere close it. */
export function Menu({ label, of, children }: { label: string; of?: string; children: ComponentChildren }) {
  const ref = useRef<HTMLDetailsElement>(null);
  const close = () => {
    if (ref.current) ref.current.open = false;
  };
  /** The focus returns to the summary, from where whoever chose with the keyboard goes on. */
  const leave = (event: Event) => {
    if (!(event.target as Element).closest("button, a")) return;
    close();
    ref.current?.querySelector("summary")?.focus();
  };
  return (
    <details
      ref={ref}
      class="menu"
      onKeyDown={(event) => {
        if (event.key !== "Escape" || !ref.current?.open) return;
        close();
        ref.current.querySelector("summary")?.focus();
      }}
      onFocusOut={(event) => !ref.current?.contains(event.relatedTarget as Node) && event.relatedTarget && close()}
    >
      <summary>
        {label}
        {of && <span class="hidden">: {of}</span>}
      </summary>
      {/* biome-ignore lint/a11y: the buttons inside act; the click only reaches here */}
      <div class="menu-list" onClick={leave}>
        {children}
      </div>
    </details>
  );
}
