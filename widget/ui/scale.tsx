/** A row of scores as native radios: arrow keys move, a tap, Enter or Space answers. */
import type { ComponentChild, ComponentChildren } from "preact";
import { h } from "preact";

type ScaleProps = {
  title: string;
  kind: "nps" | "csat";
  low: string;
  high: string;
  chosen: number | undefined;
  glyph?: ((score: number) => ComponentChild) | undefined;
  answer(score: number): void;
  children: ComponentChildren;
};

// An arrow key fires a trusted click of its own at the radio it moves to: that click answers nothing.
let moving = false;

export const Scale = ({ title, kind, low, high, chosen, glyph, answer, children }: ScaleProps) => {
  const [first, last] = kind === "nps" ? [0, 10] : [1, 5];
  return (
    <fieldset part="question" tabIndex={-1}>
      <legend class="title" part="title">
        {title}
      </legend>
      <div class={`scale ${kind}${glyph ? " glyph" : ""}`} part="scale">
        {Array.from({ length: last! - first! + 1 }, (_, index) => {
          const score = first! + index;
          return (
            <label part="score">
              <input
                type="radio"
                name="score"
                aria-label={glyph && `${score}`}
                aria-describedby={score === first ? "low" : score === last ? "high" : undefined}
                checked={score === chosen}
                onKeyDown={(event) => {
                  moving = /^Arrow/.test(event.key);
                  if (event.key === "Enter") answer(score);
                }}
                onKeyUp={() => {
                  moving = false;
                }}
                onClick={() => moving || answer(score)}
              />
              <span>{glyph ? glyph(score) : score}</span>
            </label>
          );
        })}
      </div>
      <p class="ends">
        <span id="low" data-score={first}>
          {low}
        </span>
        <span id="high" data-score={last}>
          {high}
        </span>
      </p>
      {children}
    </fieldset>
  );
};
