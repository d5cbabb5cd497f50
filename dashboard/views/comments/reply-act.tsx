import type { ResponseItem } from "../../../shared/schema/comment.ts";
import type { Survey } from "../../../shared/schema/survey.ts";
import { t } from "../../i18n/translate.ts";
import type { CommentChanges } from "./comment-list.ts";
import { addressOf, mailLink } from "./reply-mail.ts";

type Props = {
  survey: Pick<Survey, "brand" | "languages">;
  comment: ResponseItem;
  onChange: (changes: CommentChanges) => void;
};

/** Opens a mail to the respondent and records the reply; where no address is known, only records that there was one. */
export function ReplyAct({ survey, comment, onChange }: Props) {
  const to = addressOf(comment);
  const record = () => {
    if (comment.answered_at === null) onChange({ answered: true });
  };
  if (to !== null)
    return (
      <a
        class="button"
        data-act="reply"
        title={to}
        href={mailLink(to, comment, survey.brand, survey.languages)}
        onClick={record}
      >
        {t("reply")}
      </a>
    );
  if (comment.answered_at !== null) return null;
  return (
    <button type="button" data-act="reply" onClick={record}>
      {t("mark_answered")}
    </button>
  );
}
