import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";
import type { Notes } from "./notes.tsx";
import { FieldNotes } from "./notes.tsx";

type Props = {
  label: string;
  help?: string | undefined;
  /** Why the value was refused. */
  fault?: string | undefined;
  notes?: Notes | undefined;
  children: (attributes: { id: string; "aria-describedby": string; "aria-invalid": boolean }) => ComponentChildren;
};

/** A label, help, what is typed, and what is to be said of it. */
export function Field({ label, help, fault, notes = { fault }, children }: Props) {
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {help && (
        <p class="help" id={`${id}-help`}>
          {help}
        </p>
      )}
      {children({
        id,
        "aria-describedby": `${id}-help ${id}-fault ${id}-warning ${id}-conflict`,
        "aria-invalid": notes.fault !== undefined || notes.conflict !== undefined,
      })}
      <FieldNotes id={id} notes={notes} />
    </div>
  );
}
