import { useId } from "preact/hooks";
import type { Notes } from "./notes.tsx";
import { FieldNotes } from "./notes.tsx";

type Props = {
  label: string;
  value: string;
  options: readonly (readonly [value: string, text: string])[];
  notes?: Notes;
  onChange: (value: string) => void;
  /** Hides the label from the eye where the choice explains itself; screen readers still say it. */
  quiet?: boolean;
};

export function Select({ label, value, options, notes, onChange, quiet }: Props) {
  const id = useId();
  return (
    <div class="select">
      <label for={id} class={quiet ? "hidden" : ""}>
        {label}
      </label>
      <select id={id} value={value} onChange={(event) => onChange(event.currentTarget.value)}>
        {options.map(([each, text]) => (
          <option key={each} value={each}>
            {text}
          </option>
        ))}
      </select>
      {notes && <FieldNotes notes={notes} />}
    </div>
  );
}
