import { scoredQuestions } from "../../shared/questions.ts";
import type { CommentItem } from "../../shared/schema/comment.ts";
import { formatInstant } from "../i18n/format.ts";
import { t } from "../i18n/translate.ts";

type ShownComment = Pick<CommentItem, "nps" | "nps_group" | "csat" | "created_at"> & { comment: string | null };

type Props = {
  comment: ShownComment;
  /** The address of this comment alone. */
  href?: string | undefined;
};

/** What somebody wrote, with the scores that go with it. The comment stays text: nothing in it becomes markup. */
export function CommentText({ comment, href }: Props) {
  return (
    <>
      <p class="comment-head">
        {comment.nps !== null && (
          <span class={`chip chip-${toneOf(comment.nps_group)}`}>
            <span class="hidden">NPS </span>
            {comment.nps}
          </span>
        )}
        {comment.csat !== null && (
          <span class="chip">
            {comment.csat}/{scoredQuestions.csat.scale[1]}
            <span class="hidden"> {t("satisfaction")}</span>
          </span>
        )}
        {href === undefined ? (
          <Time at={comment.created_at} />
        ) : (
          <a href={href} title={t("comment_link")}>
            <Time at={comment.created_at} />
            <span class="hidden"> {t("comment_link")}</span>
          </a>
        )}
      </p>
      {comment.comment !== null && <blockquote dir="auto">{comment.comment}</blockquote>}
    </>
  );
}

function Time({ at }: { at: string }) {
  return <time dateTime={at}>{formatInstant(at)}</time>;
}

function toneOf(group: CommentItem["nps_group"]): string {
  return group === "promoter" ? "high" : group === "passive" ? "middle" : "low";
}
