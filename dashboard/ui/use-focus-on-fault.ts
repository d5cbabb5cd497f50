import { useEffect, useRef } from "preact/hooks";
import type { Refusal } from "../data/api.ts";

/** For a form: whenever it is refused, the first field that is at fault gets the focus, and a screen reader says why. */
export function useFocusOnFault(refusal: Refusal | null) {
  const ref = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (refusal) ref.current?.querySelector<HTMLElement>("[aria-invalid=true]")?.focus();
  }, [refusal]);
  return ref;
}
