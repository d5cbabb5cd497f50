import { useSignal } from "@preact/signals";
import type { FunctionComponent } from "preact";
import { useEffect } from "preact/hooks";
import type { StringTable } from "../i18n/load-strings.ts";
import { wantStrings } from "../i18n/translate.ts";
import { Refused, Waiting } from "./states.tsx";

type Props<Wanted> = {
  view: () => Promise<FunctionComponent<Wanted>>;
  /** The tables of strings that the view needs beside those of the page. */
  strings: readonly StringTable[] | undefined;
} & Wanted;

/** A view that is fetched when it is first wanted. */
export function LazyView<Wanted extends object>({ view, strings, ...props }: Props<Wanted>) {
  const found = useSignal<{ View: FunctionComponent<Wanted> } | "failed" | null>(null);
  useEffect(() => {
    let wanted = true;
    const put = (next: typeof found.value) => {
      if (wanted) found.value = next;
    };
    Promise.all([view(), ...(strings ?? []).map(wantStrings)]).then(
      ([View]) => put({ View }),
      () => put("failed"),
    );
    return () => {
      wanted = false;
    };
  }, [view, strings]);
  if (found.value === null) return <Waiting />;
  if (found.value === "failed")
    return <Refused refusal={{ code: "offline", status: 0, detail: "", errors: [] }} again={() => location.reload()} />;
  const { View } = found.value;
  return <View {...(props as unknown as Wanted)} />;
}
