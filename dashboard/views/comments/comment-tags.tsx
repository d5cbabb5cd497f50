import type { ResponseItem } from "../../../shared/schema/comment.ts";
import { formatHours } from "../../i18n/format.ts";
import { t } from "../../i18n/translate.ts";

export type NarrowTo = (filter: Record<string, string>) => void;

/** What a comment is filed under: each topic and tag leads to the other comments that have it. */
export function CommentTags({ comment, onNarrow }: { comment: ResponseItem; onNarrow: NarrowTo }) {
  return (
    <p class="comment-tags">
      {comment.excluded && <span class="tag warn">{t("spam")}</span>}
      {comment.status !== "open" && <span class="tag">{t(`status_${comment.status}`)}</span>}
      {comment.answered_at !== null && (
        <span class="tag">{t("answered_within", { time: formatHours(hoursUntil(comment.answered_at, comment)) })}</span>
      )}
      {comment.assignee !== null && (
        <button type="button" class="tag" onClick={() => onNarrow({ assignee: comment.assignee! })}>
          {t("assignee")}: <bdi>{comment.assignee}</bdi>
        </button>
      )}
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

/** Whole hours from the answer to `instant`, rounded up as the figures round them; at least one. */
function hoursUntil(instant: string, { created_at }: Pick<ResponseItem, "created_at">): number {
  return Math.max(1, Math.ceil((Date.parse(instant) - Date.parse(created_at)) / 3_600_000));
}
