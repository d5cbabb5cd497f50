import { t } from "../i18n/translate.ts";

/** Two values of one field: the one typed here, and the one that somebody else has saved meanwhile. */
export type ConflictNote = {
  /** Who changed the field, and when. */
  text: string;
  mine: string;
  theirs: string;
  choose: (whose: "mine" | "theirs") => void;
};

export type Notes = {
  /** Why the value was refused: what would be right. */
  fault?: string | undefined;
  /** Why the value, which can be saved, is surely not meant. */
  warning?: string | undefined;
  conflict?: ConflictNote | undefined;
};

/** What stands below a field. `id` names the texts for the field's `aria-describedby`. */
export function FieldNotes({ id, notes: { fault, warning, conflict } }: { id?: string; notes: Notes }) {
  return (
    <>
      {fault !== undefined && (
        <p class="fault" id={id && `${id}-fault`}>
          {fault}
        </p>
      )}
      {warning !== undefined && (
        <p class="warning" id={id && `${id}-warning`} role="status">
          {warning}
        </p>
      )}
      {conflict && <Conflict id={id} note={conflict} />}
    </>
  );
}

function Conflict({ id, note: { text, mine, theirs, choose } }: { id: string | undefined; note: ConflictNote }) {
  return (
    <fieldset class="conflict" id={id && `${id}-conflict`}>
      <legend class="fault">{text}</legend>
      <dl>
        <dt>{t("conflict_theirs")}</dt>
        <dd dir="auto">{theirs}</dd>
        <dt>{t("conflict_mine")}</dt>
        <dd dir="auto">{mine}</dd>
      </dl>
      <span class="acts">
        <button type="button" onClick={() => choose("theirs")}>
          {t("take_theirs")}
        </button>
        <button type="button" onClick={() => choose("mine")}>
          {t("keep_mine")}
        </button>
      </span>
    </fieldset>
  );
}
