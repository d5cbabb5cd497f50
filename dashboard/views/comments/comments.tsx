import { useSignal } from "@preact/signals";
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import type { Survey } from "../../../shared/schema/survey.ts";
import { address } from "../../address/address.ts";
import { listenToSurvey } from "../../data/live.ts";
import { may } from "../../data/session.ts";
import { t } from "../../i18n/translate.ts";
import { Confirm } from "../../ui/confirm.tsx";
import { EmptyState, OfflineNote, Refused, Waiting } from "../../ui/states.tsx";
import { CommentCard } from "./comment-card.tsx";
import { commentListOf } from "./comment-list.ts";
import { commentsQuery, Filters } from "./filters.tsx";
import { KeyHelp } from "./key-help.tsx";
import { useKeys } from "./keys.ts";
import { LoadMore } from "./load-more.tsx";
import { useVirtualList } from "./use-virtual-list.ts";

/** What people wrote, made for reading: newest first, one column, nothing moves under the reader's eyes. */
export function Comments({ survey }: { survey: Survey }) {
  const query = commentsQuery(address.value.query, survey.timezone);
  const feed = commentListOf(survey.id, query);
  const chosen = useSignal(-1);
  const erasing = useSignal<{ id: string; score: "keep" | "drop" } | null>(null);
  const said = useSignal("");
  const list = useRef<HTMLOListElement>(null);
  const items = feed.items.value;
  const { shown, goTo } = useVirtualList(feed, list);
  const { from, to, above, below } = shown;
  useEffect(
    () => listenToSurvey(survey.id, { metrics: () => {}, comment: () => feed.arrived.value++ }),
    [survey.id, feed],
  );
  useLayoutEffect(() => {
    scrollTo(0, feed.scroll);
    chosen.value = -1;
    const keep = () => {
      feed.scroll = scrollY;
    };
    addEventListener("scroll", keep, { passive: true });
    return () => removeEventListener("scroll", keep);
  }, [feed]);
  const choose = (index: number) => {
    chosen.value = Math.max(0, Math.min(index, feed.items.peek().length - 1));
    goTo(chosen.value);
  };
  useKeys({ feed, chosen, choose, list });
  const erase = async () => {
    const { id, score } = erasing.value!;
    const refusal = await feed.erase(id, score);
    said.value = refusal ? "" : t("erased");
    return refusal;
  };
  const refusal = feed.refusal.value;
  return (
    <div class="comments">
      <h1>{t("comments")}</h1>
      <Filters survey={survey} />
      <p class="arrived" role="status">
        {feed.arrived.value > 0 && (
          <button type="button" onClick={() => feed.again().then(() => scrollTo(0, 0))}>
            {t("arrived", { n: feed.arrived.value })}
          </button>
        )}
      </p>
      {refusal && (items.length > 0 ? <OfflineNote /> : <Refused refusal={refusal} again={feed.again} />)}
      {!refusal && items.length === 0 && !feed.loading.value && !feed.next.value && (
        <EmptyState title={t("no_comments_title")}>
          <p>{t([...query.keys()].length > 0 ? "no_comments_narrowed" : "no_comments_text")}</p>
        </EmptyState>
      )}
      <ol class="comment-list" ref={list}>
        {above > 0 && <Room height={above} />}
        {items.slice(from, to).map((comment, place) => (
          <CommentCard
            key={comment.id}
            place={from + place}
            survey={survey.id}
            comment={comment}
            chosen={from + place === chosen.value}
            onFocus={() => {
              chosen.value = from + place;
            }}
            onErase={(score) => {
              erasing.value = { id: comment.id, score };
            }}
            onChange={may("write") ? (changes) => feed.change(comment.id, changes) : null}
          />
        ))}
        {below > 0 && <Room height={below} />}
      </ol>
      {feed.loading.value && feed.searchedRows.value === 0 && <Waiting />}
      <LoadMore list={feed} />
      {items.length > 0 && <KeyHelp />}
      <p class="hidden" role="status">
        {said.value}
      </p>
      {erasing.value && (
        <Confirm
          title={t(erasing.value.score === "keep" ? "erase_words_sure" : "erase_all_sure")}
          act={t("erase_for_good")}
          onAct={erase}
          onClose={() => {
            erasing.value = null;
            choose(chosen.value);
          }}
        >
          <p>{t(erasing.value.score === "keep" ? "erase_words_text" : "erase_all_text")}</p>
        </Confirm>
      )}
    </div>
  );
}

/** Where comments stand that are not in the document. */
function Room({ height }: { height: number }) {
  return <li class="spacer" aria-hidden="true" style={{ height: `${height}px` }} />;
}
