import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";

type Props = {
  label: string;
  help?: string | undefined;
  /** What the collector said about the field when it refused. */
  fault?: string | undefined;
  children: (attributes: { id: string; "aria-describedby": string; "aria-invalid": boolean }) => ComponentChildren;
};

/** A label, what is typed, help, and the collector's own words where it refused. */
export function Field({ label, help, fault, children }: Props) {
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {help && (
        <p class="help" id={`${id}-help`}>
          {help}
        </p>
      )}
      {children({ id, "aria-describedby": `${id}-help ${id}-fault`, "aria-invalid": fault !== undefined })}
      {fault !== undefined && (
        <p class="fault" id={`${id}-fault`}>
          {fault}
        </p>
      )}
    </div>
  );
}
