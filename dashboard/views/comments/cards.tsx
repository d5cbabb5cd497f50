import { useSignal } from "@preact/signals";
import { useLayoutEffect, useRef } from "preact/hooks";
import type { Survey } from "../../../shared/schema/survey.ts";
import { changeQuery, goTo as goToView } from "../../address/address.ts";
import { hrefTo } from "../../address/routes.ts";
import { may } from "../../data/session.ts";
import { t } from "../../i18n/translate.ts";
import { Waiting } from "../../ui/states.tsx";
import { CommentCard } from "./comment-card.tsx";
import type { CommentList } from "./comment-list.ts";
import { EraseConfirm } from "./erase-confirm.tsx";
import { useKeyboard } from "./keyboard.ts";
import { KeyboardHelp } from "./keyboard-help.tsx";
import { LoadMore } from "./load-more.tsx";
import { useVirtualList } from "./use-virtual-list.ts";

type Props = {
  survey: Survey;
  list: CommentList;
  /** Whether the list is of one response, at an address of its own. */
  isAlone?: boolean;
};

/** The list itself with what acts on one comment of it: the keyboard, and the question before a comment is erased. */
export function Cards({ survey, list, isAlone = false }: Props) {
  const chosen = useSignal(-1);
  const erasing = useSignal<{ id: string; score: "keep" | "drop" } | null>(null);
  const announcement = useSignal("");
  const element = useRef<HTMLOListElement>(null);
  const { range, goTo } = useVirtualList(list, element);
  const items = list.items.value;
  const helpOpen = useSignal(false);
  useScrollMemory(list);
  useLayoutEffect(() => {
    chosen.value = -1;
  }, [list]);
  const choose = (index: number) => {
    chosen.value = Math.max(0, Math.min(index, list.items.peek().length - 1));
    goTo(chosen.value);
  };
  useKeyboard({ list, chosen, choose, element, helpOpen });
  const erase = async () => {
    const { id, score } = erasing.value!;
    const refusal = await list.erase(id, score);
    announcement.value = refusal ? "" : t("erased");
    return refusal;
  };
  return (
    <>
      {items.length > 0 && <KeyboardHelp open={helpOpen} />}
      <ol class="comment-list" ref={element}>
        {range.above > 0 && <Spacer height={range.above} />}
        {items.slice(range.from, range.to).map((comment, offset) => (
          <CommentCard
            key={comment.id}
            index={range.from + offset}
            survey={survey}
            comment={comment}
            chosen={range.from + offset === chosen.value}
            href={isAlone ? undefined : hrefTo("comments", { survey: survey.id, response: comment.id })}
            onNarrow={isAlone ? (filter) => goToView("comments", { survey: survey.id }, filter) : changeQuery}
            onFocus={() => {
              chosen.value = range.from + offset;
            }}
            onErase={(score) => {
              erasing.value = { id: comment.id, score };
            }}
            onChange={may("write") ? (changes) => list.change(comment.id, changes) : null}
          />
        ))}
        {range.below > 0 && <Spacer height={range.below} />}
      </ol>
      {list.state.value.loading && list.searchedRows.value === 0 && <Waiting />}
      <LoadMore list={list} />
      <p class="hidden" role="status">
        {announcement.value}
      </p>
      {erasing.value && (
        <EraseConfirm
          score={erasing.value.score}
          onErase={erase}
          onClose={() => {
            erasing.value = null;
            choose(chosen.value);
          }}
        />
      )}
    </>
  );
}

/** Scrolls to where the reader left the list, and notes where they are from then on. */
function useScrollMemory(list: CommentList): void {
  useLayoutEffect(() => {
    scrollTo(0, list.scroll);
    const note = () => {
      list.scroll = scrollY;
    };
    addEventListener("scroll", note, { passive: true });
    return () => removeEventListener("scroll", note);
  }, [list]);
}

/** Stands for the comments that are not in the document. */
function Spacer({ height }: { height: number }) {
  return <li class="spacer" aria-hidden="true" style={{ height: `${height}px` }} />;
}
