/** Works through the comments without a mouse. A key acts on the chosen comment; where somebody types it is only a letter. */
import type { Signal } from "@preact/signals";
import type { RefObject } from "preact";
import { useEffect } from "preact/hooks";
import type { CommentKey } from "./comment-keys.ts";
import type { CommentList } from "./comment-list.ts";
import { cardAt } from "./use-virtual-list.ts";

type Props = {
  list: CommentList;
  chosen: Signal<number>;
  choose: (index: number) => void;
  element: RefObject<HTMLOListElement | null>;
  /** Whether the list of the keys is open. */
  helpOpen: Signal<boolean>;
};

export function useKeyboard({ list, chosen, choose, element, helpOpen }: Props): void {
  useEffect(() => {
    const press = (act: string) =>
      cardAt(element, chosen.peek())?.querySelector<HTMLElement>(`[data-act="${act}"]`)?.click();
    const acts: Record<CommentKey, () => void> = {
      j: () => {
        if (chosen.peek() + 2 > list.items.peek().length) list.more();
        choose(chosen.peek() + 1);
      },
      k: () => choose(chosen.peek() - 1),
      e: () => press("resolve"),
      w: () => press("work"),
      r: () => press("reply"),
      a: () => press("assign"),
      t: () => press("tag"),
      s: () => press("spam"),
      n: () => press("note"),
      h: () => press("earlier"),
      "?": () => {
        helpOpen.value = !helpOpen.peek();
      },
      "/": () => document.querySelector<HTMLInputElement>("input[type=search]")?.focus(),
    };
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      if (document.querySelector("dialog[open]")) return;
      // The key's position counts and not its letter, so that the keys are the same on a Cyrillic keyboard.
      const key = ["/", "?"].includes(event.key) ? event.key : event.code.replace(/^Key/, "").toLowerCase();
      if (!Object.hasOwn(acts, key)) return;
      event.preventDefault();
      acts[key as CommentKey]();
    };
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  }, [list]);
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.matches("input, textarea, select");
}
