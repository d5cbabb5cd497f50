/** What stands under a question beside its own button: back, and on: "Next" where a score is chosen, else "Skip". */
import type { ComponentChildren } from "preact";
import { h } from "preact";
import type { Conversation } from "./conversation.ts";
import { textOf } from "./conversation.ts";

type RowProps = {
  conversation: Conversation;
  /** Whether the question has a score already: marked by the arrow keys, or from before. */
  chosen?: boolean;
  children?: ComponentChildren;
};

export const Row = ({ conversation, chosen, children }: RowProps) => {
  const { step } = conversation;
  const to = (text: "back" | "skip" | "next", step: number) => (
    <button
      type="button"
      class={`act ${text} ${text === "next" ? "main" : ""}`}
      part="button"
      onClick={() => conversation.go!(step)}
    >
      {textOf(conversation, text)}
    </button>
  );
  return (
    (step > 0 || chosen || children) && (
      <p class="row">
        {step > 0 && to("back", step - 1)}
        {chosen ? to("next", step + 1) : step > 0 && to("skip", step + 1)}
        {children}
      </p>
    )
  );
};
