/** Back and skip, under every question but the first. */
import type { ComponentChildren } from "preact";
import { h } from "preact";
import type { Talk } from "./conversation.ts";
import { say } from "./conversation.ts";

type RowProps = { talk: Talk; go(step: number): void; children?: ComponentChildren };

export const Row = ({ talk, go, children }: RowProps) => {
  const to = (text: "back" | "skip", step: number) => (
    <button type="button" class={`act ${text}`} part="button" onClick={() => go(step)}>
      {say(talk, text)}
    </button>
  );
  return (
    <p class="row">
      {to("back", talk.step - 1)}
      {to("skip", talk.step + 1)}
      {children}
    </p>
  );
};
