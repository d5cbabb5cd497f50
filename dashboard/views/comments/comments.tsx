import { useSignal } from "@preact/signals";
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import type { Survey } from "../../../shared/schema/survey.ts";
import { address } from "../../address/address.ts";
import { listenToSurvey } from "../../data/live.ts";
import { may } from "../../data/session.ts";
import { formatNumber } from "../../i18n/format.ts";
import { t } from "../../i18n/translate.ts";
import { EmptyState, OfflineNote, Refused, Waiting } from "../../ui/states.tsx";
import { CommentCard } from "./comment-card.tsx";
import type { Arrived as ArrivedComments, CommentList } from "./comment-list.ts";
import { commentListOf } from "./comment-list.ts";
import { EraseConfirm } from "./erase-confirm.tsx";
import { commentsQuery, Filters } from "./filters.tsx";
import { useKeyboard } from "./keyboard.ts";
import { KeyboardHelp } from "./keyboard-help.tsx";
import { LoadMore } from "./load-more.tsx";
import { useVirtualList } from "./use-virtual-list.ts";

/** What people wrote, made for reading: newest first, one column, and nothing moves under the reader's eyes. */
export function Comments({ survey }: { survey: Survey }) {
  const query = commentsQuery(address.value.query, survey.timezone);
  const list = commentListOf(survey.id, query);
  const { items, refusal, loading, next } = list.state.value;
  const isEmpty = !items || items.length === 0;
  return (
    <div class="comments">
      <h1>{t("comments")}</h1>
      <Filters survey={survey} />
      <Arrived survey={survey.id} list={list} />
      {refusal && (isEmpty ? <Refused refusal={refusal} again={list.restart} /> : <OfflineNote />)}
      {!refusal && isEmpty && !loading && !next && (
        <EmptyState title={t("no_comments_title")}>
          <p>{t([...query.keys()].length > 0 ? "no_comments_narrowed" : "no_comments_text")}</p>
        </EmptyState>
      )}
      <Cards survey={survey.id} list={list} />
    </div>
  );
}

/** Says that comments have come since the list was read, and shows them on a press. */
function Arrived({ survey, list }: { survey: string; list: CommentList }) {
  useEffect(() => {
    const add = ({ comments = 0, more = 0, orMore = false }: Partial<ArrivedComments>) => {
      const before = list.arrived.peek();
      list.arrived.value = {
        comments: before.comments + comments,
        more: before.more + more,
        orMore: before.orMore || orMore,
      };
    };
    return listenToSurvey(survey, {
      metrics: () => {},
      comment: () => add({ comments: 1 }),
      more: ({ comments, or_more }) => add({ more: comments, orMore: or_more }),
    });
  }, [survey, list]);
  const { comments, more, orMore } = list.arrived.value;
  return (
    <p class="arrived" role="status">
      {comments + more > 0 && (
        <button type="button" translate={false} onClick={() => list.restart().then(() => scrollTo(0, 0))}>
          {more === 0
            ? t("arrived", { n: comments })
            : t("arrived_and_more", { n: comments, more: `${formatNumber(more)}${orMore ? "+" : ""}` })}
        </button>
      )}
    </p>
  );
}

/** The list itself with what acts on one comment of it: the keyboard, and the question before a comment is erased. */
function Cards({ survey, list }: { survey: string; list: CommentList }) {
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
