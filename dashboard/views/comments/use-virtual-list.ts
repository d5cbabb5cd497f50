/** Keeps only the comments about the screen in the document, and the others' room, so that nothing moves. */
import { useSignal } from "@preact/signals";
import type { RefObject } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import type { CommentList } from "./comment-list.ts";
import type { VisibleRange } from "./visible-range.ts";
import { offsetOf, visibleRange } from "./visible-range.ts";

type List = RefObject<HTMLOListElement | null>;

/** What of `feed` is to be drawn in `list`, and the way to a comment that may not be there. */
export function useVirtualList(feed: CommentList, list: List): { shown: VisibleRange; goTo: (index: number) => void } {
  const items = feed.items.value;
  const heightsOf = () => feed.items.peek().map(({ id }) => feed.heights.get(id));
  const shown = useSignal<VisibleRange>(visibleRange(heightsOf(), -feed.scroll, innerHeight));
  const wanted = useRef<number | null>(null);

  const look = () => {
    if (!list.current) return;
    const cards = [...list.current.querySelectorAll<HTMLElement>("li[aria-posinset]")];
    for (const card of cards) {
      const item = feed.items.peek()[placeOf(card)];
      if (item) feed.heights.set(item.id, card.getBoundingClientRect().height);
    }
    const typing = cards.find((card) => card.querySelector("input, textarea"));
    const top = list.current.getBoundingClientRect().top;
    const next = visibleRange(heightsOf(), top, innerHeight, typing ? placeOf(typing) : null);
    if (JSON.stringify(next) !== JSON.stringify(shown.peek())) shown.value = next;
  };
  useLayoutEffect(() => {
    look();
    addEventListener("scroll", look, { passive: true });
    addEventListener("resize", look);
    return () => {
      removeEventListener("scroll", look);
      removeEventListener("resize", look);
    };
  }, [feed, items]);
  const focusWanted = () => {
    const card = wanted.current === null ? null : cardAt(list, wanted.current);
    if (!card) return;
    wanted.current = null;
    card.focus({ preventScroll: true });
    card.scrollIntoView({ block: "nearest" });
  };
  useLayoutEffect(focusWanted);
  const goTo = (index: number) => {
    wanted.current = index;
    if (!cardAt(list, index) && list.current) {
      const top = list.current.getBoundingClientRect().top + offsetOf(heightsOf(), index);
      scrollBy(0, top - innerHeight / 2);
      look();
    }
    focusWanted();
  };
  return { shown: shown.value, goTo };
}

/** The card of the comment at `index`; null while it is not in the document. */
export function cardAt(list: List, index: number): HTMLElement | null {
  return list.current?.querySelector<HTMLElement>(`li[aria-posinset="${index + 1}"]`) ?? null;
}

function placeOf(card: Element): number {
  return Number(card.getAttribute("aria-posinset")) - 1;
}
