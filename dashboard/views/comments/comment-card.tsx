import { useSignal } from "@preact/signals";
import type { CommentItem } from "../../../shared/schema/comment.ts";
import { changeQuery, hrefTo } from "../../address/address.ts";
import type { Refusal } from "../../data/api.ts";
import { may } from "../../data/session.ts";
import { t } from "../../i18n/translate.ts";
import { CommentText } from "../../ui/comment-text.tsx";
import { Menu } from "../../ui/menu.tsx";
import type { CommentChanges } from "./comment-list.ts";
import { EarlierComments } from "./earlier-comments.tsx";
import { NoteField } from "./note-field.tsx";
import { RespondentFacts } from "./respondent-facts.tsx";
import { TagField } from "./tag-field.tsx";

type Props = {
  survey: string;
  comment: CommentItem;
  /** In the whole list, of which the document holds a part. */
  place: number;
  chosen: boolean;
  onFocus: () => void;
  /** Null where the key may only read. */
  onChange: ((changes: CommentChanges) => Promise<Refusal | null>) | null;
  /** Asks first. */
  onErase: (score: "keep" | "drop") => void;
};

/** One comment and what the team does about it. */
export function CommentCard({ survey, comment, place, chosen, onFocus, onChange, onErase }: Props) {
  const tagging = useSignal(false);
  const noting = useSignal(false);
  const looking = useSignal(false);
  const failed = useSignal(false);
  const change = async (changes: CommentChanges) => {
    failed.value = (await onChange?.(changes)) !== null;
    return !failed.value;
  };
  const resolved = comment.status === "resolved";
  const state = `${resolved ? "resolved" : ""} ${comment.excluded ? "spam" : ""}`;
  return (
    // Moved to with j and k, as one steps through a list.
    <li
      class={`comment ${state}`}
      tabindex={-1}
      aria-posinset={place + 1}
      aria-setsize={-1}
      aria-current={chosen || undefined}
      onFocusIn={onFocus}
    >
      <CommentText comment={comment} />
      <p class="comment-tags">
        {comment.excluded && <span class="tag warn">{t("spam")}</span>}
        {resolved && <span class="tag">{t("status_resolved")}</span>}
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
      {comment.note && !noting.value && (
        <p class="comment-note">
          <b>{t("note")}:</b> <span dir="auto">{comment.note}</span>
        </p>
      )}
      <RespondentFacts comment={comment} />
      <div class="acts">
        {onChange && (
          <>
            <button type="button" data-act="resolve" onClick={() => change({ status: resolved ? "open" : "resolved" })}>
              {t(resolved ? "reopen" : "resolve")}
            </button>
            <button type="button" data-act="tag" aria-expanded={tagging.value} onClick={() => (tagging.value = true)}>
              {t("add_tag")}
            </button>
            <button type="button" data-act="note" aria-expanded={noting.value} onClick={() => (noting.value = true)}>
              {t("note")}
            </button>
            <button type="button" data-act="spam" onClick={() => change({ excluded: !comment.excluded })}>
              {t(comment.excluded ? "put_back" : "mark_spam")}
            </button>
          </>
        )}
        {comment.respondent && (
          <button
            type="button"
            data-act="earlier"
            aria-expanded={looking.value}
            onClick={() => (looking.value = !looking.value)}
          >
            {t("earlier")}
          </button>
        )}
        {onChange && (
          <Menu label={t("more_acts")}>
            <button type="button" onClick={() => onErase("keep")}>
              {t("erase_words")}…
            </button>
            <button type="button" onClick={() => onErase("drop")}>
              {t("erase_all")}…
            </button>
            {comment.respondent && may("admin") && (
              <a class="button" href={hrefTo(["person", comment.respondent.id])}>
                {t("person_all")}
              </a>
            )}
          </Menu>
        )}
      </div>
      {failed.value && (
        <p class="fault" role="alert">
          {t("not_saved")}
        </p>
      )}
      {tagging.value && (
        <TagField tags={comment.tags} onChange={(tags) => change({ tags })} onClose={() => (tagging.value = false)} />
      )}
      {noting.value && (
        <NoteField
          note={comment.note}
          onSave={(note) => change({ note: note || null })}
          onClose={() => (noting.value = false)}
        />
      )}
      {looking.value && comment.respondent && (
        <EarlierComments survey={survey} respondent={comment.respondent.id} except={comment.id} />
      )}
    </li>
  );
}
