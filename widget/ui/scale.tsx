/** A row of scores as native radios: arrow keys move, a tap, Enter or Space answers. */
import type { ComponentChildren } from "preact";
import { h } from "preact";
import { glyphs } from "../../shared/look.ts";
import type { ScoreName } from "../../shared/questions.ts";
import { scoresOf } from "../../shared/questions.ts";
import { surveyDefaults } from "../../shared/vocabulary.ts";
import type { Talk } from "./conversation.ts";
import { say } from "./conversation.ts";

// An arrow key fires a trusted click of its own at the radio it moves to: that click answers nothing.
let moving = false;

// Drawn in the page, for a data: image would need the page's CSP.
const Star = () => (
  <svg viewBox="0 0 24 24" aria-hidden="true">
    <path d={glyphs.star} />
  </svg>
);

export const Scale = ({ talk, children }: { talk: Talk; children?: ComponentChildren }) => {
  const { page } = talk;
  const question = talk.questions[talk.step] as ScoreName;
  const style = question === "csat" ? (page.config.csat_style ?? surveyDefaults.csat_style) : "numbers";
  const scores = question === "csat" ? scoresOf.csat : scoresOf.nps;
  const last = scores.length - 1;
  const chosen = page.body?.[question];
  const end = (side: "low" | "high", score: number) => (
    <span id={side} data-score={score}>
      {say(talk, `${question}_${side}`)}
    </span>
  );
  return (
    <fieldset part="question" tabIndex={-1}>
      <legend class="title" part="title">
        {say(talk, `${question}_question`)}
      </legend>
      <div class={`scale ${question} ${style}`} part="scale">
        {scores.map((score, index) => (
          <label part="score">
            <input
              type="radio"
              name="score"
              aria-label={`${score}`}
              aria-describedby={index ? (index === last ? "high" : undefined) : "low"}
              checked={score === chosen}
              onKeyDown={({ key, currentTarget }) => {
                moving = key.startsWith("Arrow");
                if (key === "Enter") currentTarget.click();
              }}
              onKeyUp={() => {
                moving = false;
              }}
              onClick={() => moving || talk.answer({ [question]: score })}
            />
            <span>{style === "numbers" ? score : style === "stars" ? <Star /> : talk.face?.(score)}</span>
          </label>
        ))}
      </div>
      <p class="ends">
        {end("low", scores[0]!)}
        {end("high", scores[last]!)}
      </p>
      {children}
    </fieldset>
  );
};
