/** Back and skip, under every question but the first. */
import type { ComponentChildren } from "preact";
import { h } from "preact";

type RowProps = { back: string; skip: string; goBack(): void; pass(): void; children?: ComponentChildren };

export const Row = ({ back, skip, goBack, pass, children }: RowProps) => (
  <p class="row">
    <button type="button" class="act" part="button" onClick={goBack}>
      {back}
    </button>
    <span />
    <button type="button" class="act" part="button" onClick={pass}>
      {skip}
    </button>
    {children}
  </p>
);
