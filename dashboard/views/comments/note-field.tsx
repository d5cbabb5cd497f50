import { useSignal } from "@preact/signals";
import { useEffect, useId, useRef } from "preact/hooks";
import { limits } from "../../../shared/limits.ts";
import { t } from "../../i18n/translate.ts";
import { CharactersLeft } from "../../ui/inputs.tsx";

type Props = {
  note: string | null;
  /** Saves the note; gives whether it was stored. */
  onSave: (note: string) => Promise<boolean>;
  onClose: () => void;
};

/** The team's own note on a comment. The field stays open, with all that was typed, until the note is stored. */
export function NoteField({ note, onSave, onClose }: Props) {
  const id = useId();
  const ref = useRef<HTMLTextAreaElement>(null);
  const busy = useSignal(false);
  const typed = useSignal(note ?? "");
  useEffect(() => ref.current?.focus(), []);
  const leave = () => {
    const card = ref.current?.closest<HTMLElement>("li");
    onClose();
    card?.focus();
  };
  const save = async () => {
    if (busy.value) return;
    busy.value = true;
    if (await onSave(ref.current?.value.trim() ?? "")) leave();
    busy.value = false;
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Escape") leave();
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) save();
  };
  return (
    <div class="note-field">
      <label for={id}>{t("note")}</label>
      <textarea
        ref={ref}
        id={id}
        rows={3}
        dir="auto"
        defaultValue={note ?? ""}
        onInput={(event) => (typed.value = event.currentTarget.value)}
        aria-describedby={`${id}-help`}
        onKeyDown={onKeyDown}
      />
      <CharactersLeft value={typed.value} most={limits.commentCharacters} />
      <p class="help" id={`${id}-help`}>
        {t("note_help")}
      </p>
      <div class="acts">
        <button type="button" class="main" aria-disabled={busy.value} onClick={save}>
          {t("note_save")}
        </button>
        <button type="button" onClick={leave}>
          {t("cancel")}
        </button>
      </div>
    </div>
  );
}
