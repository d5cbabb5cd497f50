import type { ScoreName } from "../../shared/questions.ts";
import { scoreNames } from "../../shared/questions.ts";
import type { CommentItem } from "../../shared/schema/comment.ts";
import { formatInstant } from "../i18n/format.ts";
import { answerText, scoreName } from "../i18n/score-names.ts";
import { t } from "../i18n/translate.ts";
import { toneOfScore } from "./score-tone.ts";

type ShownComment = Pick<CommentItem, ScoreName | "created_at"> & { comment: string | null };

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
        {scoreNames.map((name) => {
          const score = comment[name] ?? null;
          return (
            score !== null && (
              <span key={name} class={`chip chip-${toneOfScore(name, score)}`}>
                <span class="hidden">{scoreName(name)} </span>
                {answerText(name, score)}
              </span>
            )
          );
        })}
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
