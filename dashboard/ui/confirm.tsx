import { useSignal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { useEffect, useId, useRef } from "preact/hooks";
import type { Refusal } from "../data/api.ts";
import { reasonOf } from "../i18n/error-messages.ts";
import { t } from "../i18n/translate.ts";

type Props = {
  title: string;
  /** The words on the button that does it. */
  act: string;
  children: ComponentChildren;
  /** Does it; gives the reason why not, or null when it is done. */
  onAct: () => Promise<Refusal | null>;
  /** Called when the dialog has closed, whether the act was done or called off. */
  onClose: () => void;
};

/** Asks the reader once more before an act that cannot be taken back. Escape calls it off. */
export function Confirm({ title, act, children, onAct, onClose }: Props) {
  const id = useId();
  const ref = useRef<HTMLDialogElement>(null);
  const refusal = useSignal<Refusal | null>(null);
  const busy = useSignal(false);
  useEffect(() => ref.current?.showModal(), []);
  const go = async () => {
    if (busy.value) return;
    busy.value = true;
    refusal.value = await onAct();
    busy.value = false;
    if (!refusal.value) ref.current?.close();
  };
  return (
    <dialog ref={ref} class="confirm" aria-labelledby={id} onClose={onClose}>
      <h2 id={id}>{title}</h2>
      {children}
      {refusal.value && (
        <p class="fault" role="alert">
          {reasonOf(refusal.value)}
        </p>
      )}
      <div class="acts">
        <button type="button" onClick={() => ref.current?.close()}>
          {t("cancel")}
        </button>
        <button type="button" class="grave" aria-disabled={busy.value} onClick={go}>
          {act}
        </button>
      </div>
    </dialog>
  );
}
