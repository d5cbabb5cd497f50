/** The question in words, and the one button that sends what was typed. */
import type { ComponentChild } from "preact";
import { h } from "preact";
import { limits } from "../../shared/limits.ts";
import { isBlank } from "../../shared/text.ts";
import { Title } from "./title.tsx";

type CommentProps = {
  title: string;
  text: string;
  /** What stands under the field, the given button in its place. */
  row(submit: ComponentChild): ComponentChild;
  send: string;
  /** After each change of the text. */
  type(text: string): void;
  answer(text: string): void;
};

export const Comment = ({ title, text, row, send, type, answer }: CommentProps) => (
  <form
    onSubmit={(event) => {
      event.preventDefault();
      const { value } = event.currentTarget.querySelector("textarea")!;
      answer(isBlank(value) ? "" : value.trim());
    }}
  >
    <Title>{title}</Title>
    <textarea
      part="comment"
      aria-labelledby="title"
      defaultValue={text}
      onInput={({ currentTarget: area }) => {
        // Counted as the collector counts: an emoji is one character, and none is cut in half.
        const characters = [...area.value];
        if (characters[limits.commentCharacters]) area.value = characters.slice(0, limits.commentCharacters).join("");
        type(area.value);
      }}
      onKeyDown={(event) => {
        if (event.key === "Enter" && (event.metaKey || event.ctrlKey)) event.currentTarget.form!.requestSubmit();
      }}
    />
    {row(
      <button type="submit" class="act main" part="button send">
        {send}
      </button>,
    )}
  </form>
);
