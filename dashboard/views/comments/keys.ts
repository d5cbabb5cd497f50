/** Triage without a mouse. A key acts on the chosen comment; while one types it is only a letter. */
import type { Signal } from "@preact/signals";
import type { RefObject } from "preact";
import { useEffect } from "preact/hooks";
import type { CommentList } from "./comment-list.ts";
import { cardAt } from "./use-virtual-list.ts";

type Triage = {
  feed: CommentList;
  chosen: Signal<number>;
  choose: (index: number) => void;
  list: RefObject<HTMLOListElement | null>;
};

export function useKeys({ feed, chosen, choose, list }: Triage): void {
  useEffect(() => {
    const press = (name: string) =>
      cardAt(list, chosen.peek())?.querySelector<HTMLButtonElement>(`[data-act="${name}"]`)?.click();
    const acts: Record<string, () => void> = {
      j: () => {
        if (chosen.peek() + 2 > feed.items.peek().length) feed.more();
        choose(chosen.peek() + 1);
      },
      k: () => choose(chosen.peek() - 1),
      e: () => press("resolve"),
      t: () => press("tag"),
      s: () => press("spam"),
      n: () => press("note"),
      h: () => press("earlier"),
      "/": () => document.querySelector<HTMLInputElement>("input[type=search]")?.focus(),
    };
    const hear = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      if (document.querySelector("dialog[open]")) return;
      // By what is printed on the key, so that it works the same on a Cyrillic keyboard.
      const key = event.key === "/" ? "/" : event.code.replace(/^Key/, "").toLowerCase();
      const act = Object.hasOwn(acts, key) ? acts[key] : undefined;
      if (!act) return;
      event.preventDefault();
      act();
    };
    document.addEventListener("keydown", hear);
    return () => document.removeEventListener("keydown", hear);
  }, [feed]);
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.matches("input, textarea, select");
}
