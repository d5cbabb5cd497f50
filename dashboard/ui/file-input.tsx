import { useSignal } from "@preact/signals";
import { t } from "../i18n/translate.ts";

type Props = {
  id: string;
  accept: string;
  onChange: (file: File | undefined) => void;
  /** What else can be done, in words behind the button, until a file is chosen. */
  also?: string;
  /** The name of the file that was chosen, where it may also come in another way than by this field. */
  name?: string;
};

/**
 * The browser's own field for a file, unseen over a button in the reader's language: its own button speaks the browser's.
 * So a file can still be dropped on it, and screen readers find nothing but the field.
 */
export function FileInput({ id, accept, onChange, also, name: given }: Props) {
  const chosen = useSignal("");
  const name = given ?? chosen.value;
  return (
    <div class="file">
      <span class="button" aria-hidden="true">
        {t("file_choose")}
      </span>
      <span class="help" aria-hidden="true">
        {name || also}
      </span>
      <input
        id={id}
        type="file"
        accept={accept}
        // Else a file that was mended and is chosen again under the same name would be no change.
        onClick={(event) => {
          event.currentTarget.value = "";
        }}
        onChange={(event) => {
          const file = event.currentTarget.files?.[0];
          chosen.value = file?.name ?? "";
          onChange(file);
        }}
      />
    </div>
  );
}
