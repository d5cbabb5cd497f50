import { useEffect } from "preact/hooks";
import type { Survey } from "../../../shared/schema/survey.ts";
import { address } from "../../address/address.ts";
import type { Params } from "../../address/routes.ts";
import { listenToSurvey } from "../../data/live.ts";
import { formatNumber } from "../../i18n/format.ts";
import { t } from "../../i18n/translate.ts";
import { EmptyState, OfflineNote, Refused } from "../../ui/states.tsx";
import { Cards } from "./cards.tsx";
import type { Arrived as ArrivedComments, CommentList } from "./comment-list.ts";
import { commentListOf } from "./comment-list.ts";
import { commentsQuery, Filters } from "./filters.tsx";
import { OneResponse } from "./one-response.tsx";

/** The comments of a survey, or the one response that the address names. */
export function Comments({ survey, params }: { survey: Survey; params: Params }) {
  const { response } = params;
  if (response === undefined) return <AllComments survey={survey} />;
  return <OneResponse key={response} survey={survey} id={response} />;
}

/** What people wrote, made for reading: newest first, one column, and nothing moves under the reader's eyes. */
function AllComments({ survey }: { survey: Survey }) {
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
      <Cards survey={survey} list={list} />
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
