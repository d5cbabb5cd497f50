import { useId } from "preact/hooks";
import type { Notes } from "./notes.tsx";
import { FieldNotes } from "./notes.tsx";

type Props = {
  label: string;
  help?: string;
  value: string;
  options: readonly (readonly [value: string, text: string])[];
  notes?: Notes;
  onChange: (value: string) => void;
  /** Hides the label from the eye where the choice explains itself; screen readers still say it. */
  quiet?: boolean;
};

export function Select({ label, help, value, options, notes, onChange, quiet }: Props) {
  const id = useId();
  return (
    <div class="select">
      <label for={id} class={quiet ? "hidden" : ""}>
        {label}
      </label>
      {help && (
        <p class="help" id={`${id}-help`}>
          {help}
        </p>
      )}
      <select
        id={id}
        aria-describedby={help && `${id}-help`}
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
      >
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
