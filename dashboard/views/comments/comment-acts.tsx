import type { Signal } from "@preact/signals";
import type { ResponseItem } from "../../../shared/schema/comment.ts";
import type { Survey } from "../../../shared/schema/survey.ts";
import { hrefTo } from "../../address/routes.ts";
import { may } from "../../data/session.ts";
import { t } from "../../i18n/translate.ts";
import { Menu } from "../../ui/menu.tsx";
import type { CommentChanges } from "./comment-list.ts";
import { ReplyAct } from "./reply-act.tsx";

/** Which parts of a card its reader has opened. */
export type OpenParts = {
  assigneeField: Signal<boolean>;
  tagField: Signal<boolean>;
  noteField: Signal<boolean>;
  earlier: Signal<boolean>;
};

type Props = {
  survey: Survey;
  comment: ResponseItem;
  open: OpenParts;
  /** Null where the key may only read. */
  onChange: ((changes: CommentChanges) => void) | null;
  onErase: (score: "keep" | "drop") => void;
};

/** The buttons under a comment. `data-act` is how keyboard.ts finds them. */
export function CommentActs({ survey, comment, open, onChange, onErase }: Props) {
  return (
    <div class="acts">
      {onChange && <TeamActs survey={survey} comment={comment} open={open} onChange={onChange} />}
      {comment.respondent && (
        <button
          type="button"
          data-act="earlier"
          aria-expanded={open.earlier.value}
          onClick={() => (open.earlier.value = !open.earlier.value)}
        >
          {t("earlier")}
        </button>
      )}
      {onChange && (
        <div class="acts last">
          <button type="button" data-act="spam" onClick={() => onChange({ excluded: !comment.excluded })}>
            {t(comment.excluded ? "put_back" : "mark_spam")}
          </button>
          <RareActs comment={comment} onChange={onChange} onErase={onErase} />
        </div>
      )}
    </div>
  );
}

type TeamProps = {
  survey: Survey;
  comment: ResponseItem;
  open: OpenParts;
  onChange: (changes: CommentChanges) => void;
};

function TeamActs({ survey, comment, open: { assigneeField, tagField, noteField }, onChange }: TeamProps) {
  const isResolved = comment.status === "resolved";
  const isInWork = comment.status === "in_work";
  return (
    <>
      <button type="button" data-act="resolve" onClick={() => onChange({ status: isResolved ? "open" : "resolved" })}>
        {t(isResolved ? "reopen" : "resolve")}
      </button>
      <button type="button" data-act="work" onClick={() => onChange({ status: isInWork ? "open" : "in_work" })}>
        {t(isInWork ? "back_to_new" : "take_up")}
      </button>
      <ReplyAct survey={survey} comment={comment} onChange={onChange} />
      <button
        type="button"
        data-act="assign"
        aria-expanded={assigneeField.value}
        onClick={() => (assigneeField.value = true)}
      >
        {t("assign")}
      </button>
      <button type="button" data-act="tag" aria-expanded={tagField.value} onClick={() => (tagField.value = true)}>
        {t("add_tag")}
      </button>
      <button type="button" data-act="note" aria-expanded={noteField.value} onClick={() => (noteField.value = true)}>
        {t("note")}
      </button>
    </>
  );
}

function RareActs({
  comment: { respondent, answered_at, status },
  onChange,
  onErase,
}: Pick<TeamProps, "comment" | "onChange"> & Pick<Props, "onErase">) {
  return (
    <Menu label={t("more_acts")}>
      {answered_at !== null && status !== "resolved" && (
        <button type="button" onClick={() => onChange({ answered: false })}>
          {t("answer_undo")}
        </button>
      )}
      <button type="button" onClick={() => onErase("keep")}>
        {t("erase_words")}…
      </button>
      <button type="button" onClick={() => onErase("drop")}>
        {t("erase_all")}…
      </button>
      {respondent && may("admin") && (
        <a class="button" href={hrefTo("person", { person: respondent.id })}>
          {t("person_all")}
        </a>
      )}
    </Menu>
  );
}
