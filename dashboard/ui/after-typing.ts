import { useEffect, useRef } from "preact/hooks";

const PAUSE_MS = 350;

/** Acts on what a field holds, trimmed, once the typing pauses. */
export function useAfterTyping(act: (text: string) => void): (text: string) => void {
  const timer = useRef<number | undefined>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  return (text) => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => act(text.trim()), PAUSE_MS);
  };
}
