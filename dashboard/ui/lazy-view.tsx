import { useSignal } from "@preact/signals";
import type { FunctionComponent } from "preact";
import { useEffect } from "preact/hooks";
import { Refused, Waiting } from "./states.tsx";

type Props<Wanted> = { view: () => Promise<FunctionComponent<Wanted>> } & Wanted;

/** A view that is fetched when it is first wanted. */
export function LazyView<Wanted extends object>({ view, ...props }: Props<Wanted>) {
  const found = useSignal<{ View: FunctionComponent<Wanted> } | "failed" | null>(null);
  useEffect(() => {
    let wanted = true;
    const put = (next: typeof found.value) => {
      if (wanted) found.value = next;
    };
    view().then(
      (View) => put({ View }),
      () => put("failed"),
    );
    return () => {
      wanted = false;
    };
  }, [view]);
  if (found.value === null) return <Waiting />;
  if (found.value === "failed")
    return <Refused refusal={{ code: "offline", status: 0, detail: "", errors: [] }} again={() => location.reload()} />;
  const { View } = found.value;
  return <View {...(props as unknown as Wanted)} />;
}
