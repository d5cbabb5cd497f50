import type { Signal } from "@preact/signals";
import type { ResponseItem } from "../../../shared/schema/comment.ts";
import { hrefTo } from "../../address/routes.ts";
import { may } from "../../data/session.ts";
import { t } from "../../i18n/translate.ts";
import { Menu } from "../../ui/menu.tsx";
import type { CommentChanges } from "./comment-list.ts";

/** Which parts of a card its reader has opened. */
export type OpenParts = { tagField: Signal<boolean>; noteField: Signal<boolean>; earlier: Signal<boolean> };

type Props = {
  comment: ResponseItem;
  open: OpenParts;
  /** Null where the key may only read. */
  onChange: ((changes: CommentChanges) => void) | null;
  onErase: (score: "keep" | "drop") => void;
};

/** The buttons under a comment. `data-act` is how keyboard.ts finds them. */
export function CommentActs({ comment, open, onChange, onErase }: Props) {
  return (
    <div class="acts">
      {onChange && <TeamActs comment={comment} open={open} onChange={onChange} />}
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
          <RareActs comment={comment} onErase={onErase} />
        </div>
      )}
    </div>
  );
}

type TeamProps = { comment: ResponseItem; open: OpenParts; onChange: (changes: CommentChanges) => void };

function TeamActs({ comment, open: { tagField, noteField }, onChange }: TeamProps) {
  const isResolved = comment.status === "resolved";
  return (
    <>
      <button type="button" data-act="resolve" onClick={() => onChange({ status: isResolved ? "open" : "resolved" })}>
        {t(isResolved ? "reopen" : "resolve")}
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

function RareActs({ comment: { respondent }, onErase }: Pick<Props, "comment" | "onErase">) {
  return (
    <Menu label={t("more_acts")}>
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
