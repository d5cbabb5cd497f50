/** Keeps only the comments on and near the screen in the document, with spacers for the others, so that nothing jumps. */
import { useSignal } from "@preact/signals";
import type { RefObject } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import type { CommentList } from "./comment-list.ts";
import type { VisibleRange } from "./visible-range.ts";
import { offsetOf, visibleRange } from "./visible-range.ts";

type ListElement = RefObject<HTMLOListElement | null>;

/** Which comments of `list` are to be drawn in `element`; `goTo` scrolls to one that may not be in the document, and focuses it. */
export function useVirtualList(
  list: CommentList,
  element: ListElement,
): { range: VisibleRange; goTo: (index: number) => void } {
  const items = list.items.value;
  const heightsOf = () => list.items.peek().map(({ id }) => list.heights.get(id));
  const range = useSignal<VisibleRange>(visibleRange(heightsOf(), -list.scroll, innerHeight));
  const wanted = useRef<number | null>(null);

  const update = () => {
    if (!element.current) return;
    const cards = [...element.current.querySelectorAll<HTMLElement>("li[aria-posinset]")];
    for (const card of cards) {
      const item = list.items.peek()[indexOf(card)];
      if (item) list.heights.set(item.id, card.getBoundingClientRect().height);
    }
    const typedIn = cards.find((card) => card.querySelector("input, textarea"));
    const top = element.current.getBoundingClientRect().top;
    const next = visibleRange(heightsOf(), top, innerHeight, typedIn ? indexOf(typedIn) : null);
    if (JSON.stringify(next) !== JSON.stringify(range.peek())) range.value = next;
  };
  useLayoutEffect(() => {
    update();
    addEventListener("scroll", update, { passive: true });
    addEventListener("resize", update);
    return () => {
      removeEventListener("scroll", update);
      removeEventListener("resize", update);
    };
  }, [list, items]);
  const focusWanted = () => {
    const card = wanted.current === null ? null : cardAt(element, wanted.current);
    if (!card) return;
    wanted.current = null;
    card.focus({ preventScroll: true });
    card.scrollIntoView({ block: "nearest" });
  };
  useLayoutEffect(focusWanted);
  const goTo = (index: number) => {
    wanted.current = index;
    if (!cardAt(element, index) && element.current) {
      const top = element.current.getBoundingClientRect().top + offsetOf(heightsOf(), index);
      scrollBy(0, top - innerHeight / 2);
      update();
    }
    focusWanted();
  };
  return { range: range.value, goTo };
}

/** The card of the comment at `index`; null while it is not in the document. */
export function cardAt(element: ListElement, index: number): HTMLElement | null {
  return element.current?.querySelector<HTMLElement>(`li[aria-posinset="${index + 1}"]`) ?? null;
}

function indexOf(card: Element): number {
  return Number(card.getAttribute("aria-posinset")) - 1;
}
