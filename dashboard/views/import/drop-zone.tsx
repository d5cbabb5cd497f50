import { useSignal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { useEffect } from "preact/hooks";

type Props = { isClosed: boolean; onFile: (file: File) => void; children: ComponentChildren };

/** A part of the page on which a file can be dropped. */
export function DropZone({ isClosed, onFile, children }: Props) {
  const isOver = useSignal(false);
  // A file that misses the field would be opened in place of the page.
  useEffect(() => {
    const refuse = (event: Event) => event.preventDefault();
    addEventListener("dragover", refuse);
    addEventListener("drop", refuse);
    return () => {
      removeEventListener("dragover", refuse);
      removeEventListener("drop", refuse);
    };
  }, []);
  const drop = (event: DragEvent) => {
    event.preventDefault();
    isOver.value = false;
    const file = event.dataTransfer?.files[0];
    if (file && !isClosed) onFile(file);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the field inside does the same by keyboard and press
    <div
      class={isOver.value ? "drop-zone over" : "drop-zone"}
      onDragOver={(event) => {
        event.preventDefault();
        isOver.value = true;
      }}
      onDragLeave={() => (isOver.value = false)}
      onDrop={drop}
    >
      {children}
    </div>
  );
}
