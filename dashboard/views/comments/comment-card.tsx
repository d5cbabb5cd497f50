import { useSignal } from "@preact/signals";
import type { ResponseItem } from "../../../shared/schema/comment.ts";
import type { Survey } from "../../../shared/schema/survey.ts";
import type { Refusal } from "../../data/api.ts";
import { t } from "../../i18n/translate.ts";
import { CommentText } from "../../ui/comment-text.tsx";
import { AssigneeField } from "./assignee-field.tsx";
import type { OpenParts } from "./comment-acts.tsx";
import { CommentActs } from "./comment-acts.tsx";
import type { CommentChanges } from "./comment-list.ts";
import type { NarrowTo } from "./comment-tags.tsx";
import { CommentTags } from "./comment-tags.tsx";
import { EarlierComments } from "./earlier-comments.tsx";
import { NoteField } from "./note-field.tsx";
import { RespondentFacts } from "./respondent-facts.tsx";
import { TagField } from "./tag-field.tsx";

type Props = {
  survey: Survey;
  comment: ResponseItem;
  /** The comment's index in the whole list, of which the document holds a part. */
  index: number;
  chosen: boolean;
  /** The address of this comment alone; absent where the reader is at that address. */
  href?: string | undefined;
  onFocus: () => void;
  /** Shows the comments that have a topic or a tag. */
  onNarrow: NarrowTo;
  /** Null where the key may only read. */
  onChange: ((changes: CommentChanges) => Promise<Refusal | null>) | null;
  /** Asks first. */
  onErase: (score: "keep" | "drop") => void;
};

/** One comment and what the team does about it. */
export function CommentCard({ survey, comment, index, chosen, href, onFocus, onNarrow, onChange, onErase }: Props) {
  const open: OpenParts = {
    assigneeField: useSignal(false),
    tagField: useSignal(false),
    noteField: useSignal(false),
    earlier: useSignal(false),
  };
  const failed = useSignal(false);
  const change = async (changes: CommentChanges) => {
    failed.value = (await onChange?.(changes)) !== null;
    return !failed.value;
  };
  return (
    // Each card takes the focus, so that J and K step through the list.
    <li
      class={`comment ${comment.status === "resolved" ? "resolved" : ""} ${comment.excluded ? "spam" : ""}`}
      tabindex={-1}
      aria-posinset={index + 1}
      aria-setsize={-1}
      aria-current={chosen || undefined}
      onFocusIn={onFocus}
    >
      <CommentText comment={comment} href={href} />
      <CommentTags comment={comment} onNarrow={onNarrow} />
      {comment.note && !open.noteField.value && (
        <p class="comment-note">
          <b>{t("note")}:</b> <span dir="auto">{comment.note}</span>
        </p>
      )}
      <RespondentFacts comment={comment} />
      <CommentActs survey={survey} comment={comment} open={open} onChange={onChange && change} onErase={onErase} />
      {failed.value && (
        <p class="fault" role="alert">
          {t("not_saved")}
        </p>
      )}
      <CardFields survey={survey.id} comment={comment} open={open} onChange={change} />
      {open.earlier.value && comment.respondent && (
        <EarlierComments survey={survey.id} respondent={comment.respondent.id} except={comment.id} />
      )}
    </li>
  );
}

type FieldsProps = {
  survey: string;
  comment: ResponseItem;
  open: OpenParts;
  onChange: (changes: CommentChanges) => Promise<boolean>;
};

function CardFields({ survey, comment, open: { assigneeField, tagField, noteField }, onChange }: FieldsProps) {
  return (
    <>
      {assigneeField.value && (
        <AssigneeField
          survey={survey}
          assignee={comment.assignee}
          onChange={(assignee) => onChange({ assignee })}
          onClose={() => (assigneeField.value = false)}
        />
      )}
      {tagField.value && (
        <TagField
          tags={comment.tags}
          onChange={(tags) => onChange({ tags })}
          onClose={() => (tagField.value = false)}
        />
      )}
      {noteField.value && (
        <NoteField
          note={comment.note}
          onSave={(note) => onChange({ note: note || null })}
          onClose={() => (noteField.value = false)}
        />
      )}
    </>
  );
}
