import { useEffect, useRef } from "preact/hooks";
import { Field } from "./field.tsx";

type Base = { label: string; help?: string | undefined; fault?: string | undefined };

export function TextInput({
  label,
  help,
  fault,
  value,
  placeholder,
  maxLength,
  onChange,
}: Base & {
  value: string;
  placeholder?: string;
  maxLength?: number;
  onChange: (value: string) => void;
}) {
  return (
    <Field label={label} help={help} fault={fault}>
      {(attributes) => (
        <input
          {...attributes}
          value={value}
          placeholder={placeholder}
          maxLength={maxLength}
          dir="auto"
          onInput={(event) => onChange(event.currentTarget.value)}
        />
      )}
    </Field>
  );
}

/** A number; an empty field is null, by which a setting means that there is no limit or no goal. */
export function NumberInput({
  label,
  help,
  fault,
  value,
  min,
  max,
  step,
  onChange,
}: Base & {
  value: number | null;
  min?: number;
  max?: number;
  step?: number;
  onChange: (value: number | null) => void;
}) {
  return (
    <Field label={label} help={help} fault={fault}>
      {(attributes) => (
        <input
          {...attributes}
          type="number"
          value={value ?? ""}
          {...{ min, max, step }}
          onInput={({ currentTarget: { valueAsNumber } }) =>
            onChange(Number.isNaN(valueAsNumber) ? null : valueAsNumber)
          }
        />
      )}
    </Field>
  );
}

/** A list with one entry a line. The text stays as typed until the field is left. */
export function LinesInput({
  label,
  help,
  fault,
  value,
  onChange,
}: Base & {
  value: readonly string[];
  onChange: (value: string[]) => void;
}) {
  const ref = useRef<HTMLTextAreaElement>(null);
  const text = value.join("\n");
  useEffect(() => {
    if (ref.current && document.activeElement !== ref.current) ref.current.value = text;
  }, [text]);
  return (
    <Field label={label} help={help} fault={fault}>
      {(attributes) => (
        <textarea
          {...attributes}
          ref={ref}
          rows={Math.min(10, Math.max(2, value.length + 1))}
          spellcheck={false}
          defaultValue={text}
          onInput={(event) => onChange(linesOf(event.currentTarget.value))}
        />
      )}
    </Field>
  );
}

export function Check({ label, help, value, onChange }: Base & { value: boolean; onChange: (value: boolean) => void }) {
  return (
    <div class="check">
      <label>
        <input type="checkbox" checked={value} onChange={(event) => onChange(event.currentTarget.checked)} />
        <span>{label}</span>
      </label>
      {help && <p class="help">{help}</p>}
    </div>
  );
}

/** Any number of a few options. */
export function Checks<Value extends string>({
  legend,
  value,
  options,
  onChange,
}: {
  legend: string;
  value: readonly Value[];
  options: readonly (readonly [value: Value, text: string])[];
  onChange: (value: Value[]) => void;
}) {
  return (
    <fieldset class="checks">
      <legend>{legend}</legend>
      {options.map(([each, text]) => (
        <label key={each}>
          <input
            type="checkbox"
            checked={value.includes(each)}
            onChange={() => onChange(value.includes(each) ? value.filter((one) => one !== each) : [...value, each])}
          />
          <span>{text}</span>
        </label>
      ))}
    </fieldset>
  );
}

function linesOf(text: string): string[] {
  return text
    .split("\n")
    .map((line) => line.trim())
    .filter(Boolean);
}
