import { useSignal } from "@preact/signals";
import { useLayoutEffect, useRef } from "preact/hooks";

/**
 * The width of an element as it is laid out, in whole px, so that text in a chart is never scaled. 0 until it is known,
 * which is before anything is painted: nothing is drawn for a width that was guessed.
 */
export function useWidth() {
  const ref = useRef<HTMLDivElement>(null);
  const width = useSignal(0);
  useLayoutEffect(() => {
    const element = ref.current;
    if (!element) return;
    const measure = () => {
      width.value = Math.max(200, Math.floor(element.clientWidth));
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return { ref, width: width.value };
}
