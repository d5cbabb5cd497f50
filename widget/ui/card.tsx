/** What stands around every question: the named region, progress, title, the way out, and what is said aloud. */
import { h } from "preact";
import { isLight } from "../../shared/look.ts";
import { surveyDefaults } from "../../shared/vocabulary.ts";
import type { Conversation, Speaking } from "./conversation.ts";
import { progressOf, textOf } from "./conversation.ts";

/** What a card needs of what stands on it; a conversation has all of it. */
type CardProps = {
  of: Speaking &
    Pick<Conversation, "inline" | "questions" | "step" | "announcement" | "content" | "enter"> & {
      close(byVisitor: true): void;
    };
};

export const Card = ({ of }: CardProps) => {
  const { accent, position = "", scheme = surveyDefaults.theme.scheme } = of.page.config.theme ?? {};
  const dark = scheme === "auto" ? matchMedia?.("(prefers-color-scheme:dark)").matches : scheme === "dark";
  return (
    <section
      part="card"
      class={`card ${position.replace("-", " ")} ${of.inline ? "inline" : ""} ${dark ? "dark" : ""}`}
      style={accent ? { "--accent": accent, "--on-accent": isLight(accent) ? "#000" : "#fff" } : undefined}
      lang={LANGUAGE}
      dir={DIRECTION}
      aria-label={textOf(of, "region")}
      onPointerEnter={() => of.enter()}
      onFocusIn={(event) => of.enter(event.relatedTarget)}
      onKeyDown={(event) => {
        // Safari ends an input method's composition with an Escape that says so by its code alone.
        if (event.key === "Escape" && !event.isComposing && event.keyCode !== 229) {
          // Or a dialog of the page's in which this stands would be closed by it too.
          event.preventDefault();
          of.close(true);
        }
        shield(event);
      }}
      onKeyUp={shield}
      onKeyPress={shield}
    >
      <p class="progress" part="progress">
        {progressOf(of)}
      </p>
      {of.content()}
      <button type="button" class="close" part="close" aria-label={textOf(of, "close")} onClick={() => of.close(true)}>
        <svg viewBox="0 0 24 24" aria-hidden="true">
          <path d="M6 6l12 12M18 6 6 18" />
        </svg>
      </button>
      <p role="status">{of.announcement}</p>
    </section>
  );
};

/** What is typed here must not set off the page's own keyboard shortcuts. */
const shield = (event: Event) => event.stopPropagation();
