import type { ComponentChildren } from "preact";
import { useEffect, useId, useRef } from "preact/hooks";
import { t } from "../i18n/translate.ts";
import { Field } from "./field.tsx";
import type { Notes } from "./notes.tsx";
import { FieldNotes } from "./notes.tsx";

type Base = { label: string; help?: string | undefined; notes?: Notes };

/** `most`: the characters (code points) that are kept. What is over is not cut: the reader is told how much it is. */
export function TextInput({
  label,
  help,
  notes,
  value,
  placeholder,
  most,
  choices,
  onChange,
}: Base & {
  value: string;
  placeholder?: string;
  most?: number;
  /** Values that are offered while one types; any other may be typed too. */
  choices?: readonly string[];
  onChange: (value: string) => void;
}) {
  const list = useId();
  return (
    <Field label={label} help={help} notes={notes}>
      {(attributes) => (
        <>
          <input
            {...attributes}
            value={value}
            placeholder={placeholder}
            list={choices && list}
            dir="auto"
            onInput={(event) => onChange(event.currentTarget.value)}
          />
          {most !== undefined && <CharactersLeft value={value} most={most} />}
          {choices && (
            <datalist id={list}>
              {choices.map((each) => (
                <option key={each} value={each} />
              ))}
            </datalist>
          )}
        </>
      )}
    </Field>
  );
}

/** From so few characters left on it is said how many there are. */
const FEW_LEFT = 20;

export function CharactersLeft({ value, most }: { value: string; most: number }) {
  const left = most - [...value.trim()].length;
  const text =
    left < 0 ? t("characters_over", { n: -left }) : left <= FEW_LEFT ? t("characters_left", { n: left }) : "";
  return (
    <p class={left < 0 ? "warning" : "help"} aria-live="polite">
      {text}
    </p>
  );
}

/**
 * What stands in a number's field that must not be empty. An emptied one goes as null to the collector, which refuses it: no
 * number is saved that nobody typed.
 */
export function required(value: number | null): number {
  return value as number;
}

/** A number; an empty field is null, by which a setting means that there is no limit or no goal. */
export function NumberInput({
  label,
  help,
  notes,
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
    <Field label={label} help={help} notes={notes}>
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
  notes,
  value,
  choices = [],
  onChange,
  children,
}: Base & {
  value: readonly string[];
  /** Entries that are offered below the list, each with what it is called. */
  choices?: readonly (readonly [value: string, text: string])[];
  onChange: (value: string[]) => void;
  children?: ComponentChildren;
}) {
  const ref = useRef<HTMLTextAreaElement>(null);
  const text = value.join("\n");
  const add = (entry: string) => onChange([...value, entry]);
  useEffect(() => {
    if (ref.current && document.activeElement !== ref.current) ref.current.value = text;
  }, [text]);
  return (
    <Field label={label} help={help} notes={notes}>
      {(attributes) => (
        <>
          <textarea
            {...attributes}
            ref={ref}
            rows={Math.min(10, Math.max(2, value.length + 1))}
            spellcheck={false}
            defaultValue={text}
            onInput={(event) => onChange(linesOf(event.currentTarget.value))}
          />
          <AddChoice label={label} choices={choices.filter(([each]) => !value.includes(each))} onAdd={add} />
          {children}
        </>
      )}
    </Field>
  );
}

/** Adds one of the entries that are offered for the list called `label`; nothing where none is left. */
function AddChoice({
  label,
  choices,
  onAdd,
}: {
  label: string;
  choices: readonly (readonly [value: string, text: string])[];
  onAdd: (value: string) => void;
}) {
  if (choices.length === 0) return null;
  return (
    <select
      class="add-choice"
      aria-label={t("add_to", { list: label })}
      value=""
      onChange={({ currentTarget }) => {
        if (currentTarget.value) onAdd(currentTarget.value);
        currentTarget.value = "";
      }}
    >
      <option value="">{t("add_choice")}</option>
      {choices.map(([each, text]) => (
        <option key={each} value={each}>
          {text}
        </option>
      ))}
    </select>
  );
}

export function Check({
  label,
  help,
  notes,
  value,
  onChange,
}: Base & { value: boolean; onChange: (value: boolean) => void }) {
  return (
    <div class="check">
      <label>
        <input type="checkbox" checked={value} onChange={(event) => onChange(event.currentTarget.checked)} />
        <span>{label}</span>
      </label>
      {help && <p class="help">{help}</p>}
      {notes && <FieldNotes notes={notes} />}
    </div>
  );
}

/** Any number of a few options. */
export function Checks<Value extends string>({
  legend,
  value,
  options,
  notes,
  onChange,
}: {
  legend: string;
  notes?: Notes;
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
      {notes && <FieldNotes notes={notes} />}
    </fieldset>
  );
}

function linesOf(text: string): string[] {
  return text
    .split("\n")
    .map((line) => line.trim())
    .filter(Boolean);
}
