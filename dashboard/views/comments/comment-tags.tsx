import type { CommentItem } from "../../../shared/schema/comment.ts";
import { changeQuery } from "../../address/address.ts";
import { t } from "../../i18n/translate.ts";

/** What a comment is filed under: each topic and tag leads to the other comments that have it. */
export function CommentTags({ comment }: { comment: CommentItem }) {
  return (
    <p class="comment-tags">
      {comment.excluded && <span class="tag warn">{t("spam")}</span>}
      {comment.status === "resolved" && <span class="tag">{t("status_resolved")}</span>}
      {comment.topics.map((topic) => (
        <button key={topic} type="button" class="tag" onClick={() => changeQuery({ topic })}>
          {topic}
        </button>
      ))}
      {comment.tags.map((tag) => (
        <button key={tag} type="button" class="tag own" onClick={() => changeQuery({ tag })}>
          #{tag}
        </button>
      ))}
    </p>
  );
}
