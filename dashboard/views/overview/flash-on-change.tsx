import { useEffect, useRef } from "preact/hooks";

/** A figure that shows for a moment that it has just changed; it never changes its place. */
export function FlashOnChange({ text }: { text: string }) {
  const ref = useRef<HTMLSpanElement>(null);
  const before = useRef(text);
  useEffect(() => {
    if (before.current === text) return;
    before.current = text;
    if (matchMedia("(prefers-reduced-motion: reduce)").matches) return;
    ref.current?.animate([{ backgroundColor: "var(--flash)" }, { backgroundColor: "transparent" }], 1500);
  }, [text]);
  return (
    <span ref={ref} class="flash-on-change">
      {text}
    </span>
  );
}
