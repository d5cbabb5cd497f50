import type { CommentItem } from "../../../shared/schema/comment.ts";
import type { Page } from "../../../shared/schema/paging.ts";
import type { Survey } from "../../../shared/schema/survey.ts";
import { hrefTo } from "../../address/routes.ts";
import { commentsPath } from "../../data/api-paths.ts";
import { useReply } from "../../data/use-reply.ts";
import { t } from "../../i18n/translate.ts";
import { CommentText } from "../../ui/comment-text.tsx";

/** The three newest comments, with a link to all; `where`: only those of one value of a segment. */
export function LatestComments({
  survey,
  where,
  refetchKey,
}: {
  survey: Survey;
  where: string | null;
  refetchKey: number;
}) {
  const narrowed = where ? { where } : {};
  const { value } = useReply<Page<CommentItem>>(commentsPath(survey.id, narrowed, 3), refetchKey).value;
  if (!value || value.items.length === 0) return null;
  return (
    <section class="latest">
      <div class="title-line">
        <h2>{t("latest_comments")}</h2>
        <a href={hrefTo("comments", { survey: survey.id }, narrowed)}>{t("all_comments")}</a>
      </div>
      <ol class="comment-list short">
        {value.items.map((comment) => (
          <li key={comment.id}>
            <CommentText comment={comment} href={hrefTo("comments", { survey: survey.id, response: comment.id })} />
          </li>
        ))}
      </ol>
    </section>
  );
}
