/** The question in words, and the one button that sends what was typed. */
import type { ComponentChild } from "preact";
import { h } from "preact";
import { limits } from "../../shared/limits.ts";
import { firstCharacters, isBlank } from "../../shared/text.ts";
import { Title } from "./title.tsx";

type CommentProps = {
  title: string;
  text: string;
  /** What stands under the field, the given button in its place. */
  row(submit: ComponentChild): ComponentChild;
  send: string;
  /** What stands between the field and the button: a box in it has to be ticked before words are sent. */
  privacy?: ComponentChild;
  /** After each change of the text. */
  type(text: string): void;
  answer(text: string): void;
};

export const Comment = ({ title, text, row, send, privacy, type, answer }: CommentProps) => (
  <form
    noValidate
    onSubmit={(event) => {
      event.preventDefault();
      const { value } = event.currentTarget.querySelector("textarea")!;
      const isEmpty = isBlank(value);
      if (isEmpty || event.currentTarget.reportValidity()) answer(isEmpty ? "" : value.trim());
    }}
  >
    <Title>{title}</Title>
    <textarea
      part="comment"
      aria-labelledby="title"
      defaultValue={text}
      onInput={({ currentTarget: area }) => {
        // Counted as the collector counts: an emoji is one character, and none is cut in half; blanks at the start are none.
        const { value } = area;
        const words = value.trimStart();
        const kept = firstCharacters(words, limits.commentCharacters);
        if (kept !== words) area.value = value.slice(0, -words.length) + kept;
        type(area.value);
      }}
      onKeyDown={(event) => {
        if (event.key === "Enter" && (event.metaKey || event.ctrlKey)) event.currentTarget.form!.requestSubmit();
      }}
    />
    {privacy}
    {row(
      <button type="submit" class="act main" part="button send">
        {send}
      </button>,
    )}
  </form>
);
