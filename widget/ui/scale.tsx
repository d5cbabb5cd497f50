/** A row of scores as native radios: arrow keys mark one; a tap, Enter, Space or the button Next answers. */
import type { ComponentChildren } from "preact";
import { h } from "preact";
import { glyphs } from "../../shared/look.ts";
import type { ScoreName, Style } from "../../shared/questions.ts";
import type { Conversation } from "./conversation.ts";
import { textOf } from "./conversation.ts";

// An arrow key fires a trusted click of its own at the radio it moves to: that click marks and does not answer.
let moving = false;

// Drawn in the page, for a data: image would need the page's CSP.
const Star = () => (
  <svg viewBox="0 0 24 24" aria-hidden="true">
    <path d={glyphs.star} />
  </svg>
);

export const Scale = ({ conversation, children }: { conversation: Conversation; children?: ComponentChildren }) => {
  const question = conversation.questions[conversation.step] as ScoreName;
  const {
    [question]: [scores, widths],
    [`${question}_style` as const]: style,
  } = conversation.scales;
  const words = (style as Style) === "words";
  const last = scores.length - 1;
  const chosen = { ...conversation.page.body, ...conversation.marked }[question];
  const end = (side: "low" | "high", score: number) => (
    <span id={side} data-score={score}>
      {textOf(conversation, `${question}_${side}`)}
    </span>
  );
  return (
    <fieldset part="question" tabIndex={-1}>
      <legend class="title" part="title">
        {textOf(conversation, `${question}_question`)}
      </legend>
      <div class={`scale ${style}`} part="scale" style={widths}>
        {scores.map((score, index) => {
          const side = index ? (index === last ? "high" : undefined) : "low";
          const label = words ? textOf(conversation, `${question}_${side!}`) : score;
          return (
            <label part="score">
              <input
                type="radio"
                name={question}
                aria-label={`${label}`}
                aria-describedby={words ? undefined : side}
                checked={score === chosen}
                onKeyDown={(event) => {
                  const { key, currentTarget } = event;
                  moving = key.startsWith("Arrow");
                  // By itself Enter does nothing at a radio, and Space nothing at one that is marked.
                  if (key === "Enter" || key === " ") {
                    event.preventDefault();
                    currentTarget.click();
                  }
                }}
                onKeyUp={() => {
                  moving = false;
                }}
                onClick={() => conversation[moving ? "mark" : "answer"]({ [question]: score })}
              />
              <span>{style === "stars" ? <Star /> : style === "faces" ? conversation.face!(score) : label}</span>
            </label>
          );
        })}
      </div>
      {words || (
        <p class="ends">
          {end("low", scores[0]!)}
          {end("high", scores[last]!)}
        </p>
      )}
      {children}
    </fieldset>
  );
};
