/** What stands around every question: the named region, progress, the way out, and what is said aloud. */
import type { ComponentChildren } from "preact";
import { h } from "preact";
import { isRightToLeft } from "../../shared/languages.ts";
import type { WidgetConfig } from "../../shared/schema/survey.ts";

type CardProps = {
  name: string;
  progress: string;
  closing: string;
  said: string;
  inline: boolean;
  /** What the visitor's system prefers. */
  dark: boolean;
  theme: NonNullable<WidgetConfig["theme"]>;
  close(byVisitor: true): void;
  /** The visitor turned to the card; by keyboard, from where. */
  entered(from?: EventTarget | null): void;
  children: ComponentChildren;
};

export const Card = ({ name, progress, closing, said, inline, dark, theme, close, entered, children }: CardProps) => {
  const { accent, position = "", scheme = "auto" } = theme;
  return (
    <section
      part="card"
      class={`card ${inline ? "inline" : position.replace("-", " ")}${(scheme === "auto" ? dark : scheme === "dark") ? " dark" : ""}`}
      style={accent ? { "--accent": accent, "--on-accent": isLight(accent) ? "#000" : "#fff" } : undefined}
      lang={LANGUAGE}
      dir={isRightToLeft(LANGUAGE) ? "rtl" : "ltr"}
      aria-label={name}
      onPointerEnter={() => entered()}
      onFocusIn={(event) => entered(event.relatedTarget)}
      onKeyDown={(event) => {
        if (event.key === "Escape" && !event.isComposing) close(true);
        shield(event);
      }}
      onKeyUp={shield}
      onKeyPress={shield}
    >
      <p class="progress" part="progress">
        {progress}
      </p>
      {children}
      <button type="button" class="close" part="close" aria-label={closing} onClick={() => close(true)}>
        <svg viewBox="0 0 24 24" width="20" height="20" aria-hidden="true">
          <path d="M6 6l12 12M18 6 6 18" />
        </svg>
      </button>
      <p class="said" role="status">
        {said}
      </p>
    </section>
  );
};

/** What is typed here must not set off the page's own keyboard shortcuts. */
const shield = (event: Event) => event.stopPropagation();

/** Whether black is read better on the colour than white (YIQ). */
function isLight(colour: string): boolean {
  const rgb = Number.parseInt(colour.slice(1), 16);
  return (rgb >> 16) * 299 + ((rgb >> 8) & 255) * 587 + (rgb & 255) * 114 > 145e3;
}
