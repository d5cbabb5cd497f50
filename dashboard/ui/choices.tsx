import { useId } from "preact/hooks";
import type { Notes } from "./notes.tsx";
import { FieldNotes } from "./notes.tsx";

type Props<Value extends string> = {
  legend: string;
  value: Value;
  options: readonly (readonly [value: Value, text: string])[];
  notes?: Notes;
  onChange: (value: Value) => void;
};

/** One of a few options, all of them in sight. */
export function Choices<Value extends string>({ legend, value, options, notes, onChange }: Props<Value>) {
  const name = useId();
  return (
    <fieldset class="choices">
      <legend>{legend}</legend>
      {options.map(([each, text]) => (
        <label key={each}>
          <input type="radio" name={name} value={each} checked={each === value} onChange={() => onChange(each)} />
          <span>{text}</span>
        </label>
      ))}
      {notes && <FieldNotes notes={notes} />}
    </fieldset>
  );
}
