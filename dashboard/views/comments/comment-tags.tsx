import type { ResponseItem } from "../../../shared/schema/comment.ts";
import { t } from "../../i18n/translate.ts";

export type NarrowTo = (filter: Record<string, string>) => void;

/** What a comment is filed under: each topic and tag leads to the other comments that have it. */
export function CommentTags({ comment, onNarrow }: { comment: ResponseItem; onNarrow: NarrowTo }) {
  return (
    <p class="comment-tags">
      {comment.excluded && <span class="tag warn">{t("spam")}</span>}
      {comment.status === "resolved" && <span class="tag">{t("status_resolved")}</span>}
      {comment.topics.map((topic) => (
        <button key={topic} type="button" class="tag" onClick={() => onNarrow({ topic })}>
          {topic}
        </button>
      ))}
      {comment.tags.map((tag) => (
        <button key={tag} type="button" class="tag own" onClick={() => onNarrow({ tag })}>
          #{tag}
        </button>
      ))}
    </p>
  );
}
