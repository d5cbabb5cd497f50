/** What stands around every question: the named region, progress, title, the way out, and what is said aloud. */
import { h } from "preact";
import { isRightToLeft } from "../../shared/languages.ts";
import { isLight } from "../../shared/look.ts";
import { surveyDefaults } from "../../shared/vocabulary.ts";
import type { Talk } from "./conversation.ts";
import { progressOf, say } from "./conversation.ts";

export const Card = ({ talk }: { talk: Talk }) => {
  const { accent, position = "", scheme = surveyDefaults.theme.scheme } = talk.page.config.theme ?? {};
  const dark = scheme === "auto" ? matchMedia("(prefers-color-scheme:dark)").matches : scheme === "dark";
  return (
    <section
      part="card"
      class={`card ${position.replace("-", " ")} ${talk.inline ? "inline" : ""} ${dark ? "dark" : ""}`}
      style={accent ? { "--accent": accent, "--on-accent": isLight(accent) ? "#000" : "#fff" } : undefined}
      lang={LANGUAGE}
      dir={isRightToLeft(LANGUAGE) ? "rtl" : "ltr"}
      aria-label={say(talk, "region")}
      onPointerEnter={() => talk.enter()}
      onFocusIn={(event) => talk.enter(event.relatedTarget)}
      onKeyDown={(event) => {
        if (event.key === "Escape" && !event.isComposing) {
          // Or a dialog of the page's in which this stands would be closed by it too.
          event.preventDefault();
          talk.close(true);
        }
        shield(event);
      }}
      onKeyUp={shield}
      onKeyPress={shield}
    >
      <p class="progress" part="progress">
        {progressOf(talk)}
      </p>
      {talk.content()}
      <button type="button" class="close" part="close" aria-label={say(talk, "close")} onClick={() => talk.close(true)}>
        <svg viewBox="0 0 24 24" width="20" height="20" aria-hidden="true">
          <path d="M6 6l12 12M18 6 6 18" />
        </svg>
      </button>
      <p class="said" role="status">
        {talk.said}
      </p>
    </section>
  );
};

/** What is typed here must not set off the page's own keyboard shortcuts. */
const shield = (event: Event) => event.stopPropagation();
