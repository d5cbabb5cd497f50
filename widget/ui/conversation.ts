/** One conversation, from the first question to the thanks: what its two artefacts share. */

import type { ComponentChild, ComponentChildren } from "preact";
import { UNBROKEN_BRAND_CHARACTERS } from "../../shared/look.ts";
import type { ResponseBody } from "../../shared/schema/response.ts";
import type { BuiltInTexts, Texts } from "../../shared/strings/keys.ts";
import type { Question } from "../../shared/vocabulary.ts";
import type { WidgetScales } from "../../shared/widget-questions.ts";
import { warn } from "../listen.ts";
import type { Page } from "../page.ts";
import type { WidgetTexts } from "../strings/keys.ts";
import type { Place } from "./shadow-host.ts";

export type Answers = Pick<ResponseBody, Question>;
export type Wording = BuiltInTexts & WidgetTexts;

/** Whatever has texts to show; not each shows all. */
export type Speaking = { page: Page; wording: Partial<Wording> };

export type Conversation = {
  page: Page;
  place: Place;
  /** In the page's own flow, not over it. */
  inline: boolean;
  questions: readonly Question[];
  step: number;
  /** How each question of the survey is drawn. */
  scales: Required<WidgetScales>;
  /** Ends all that listens. */
  stop: AbortController;
  wording: Wording;
  /** What is announced; not to be seen. */
  announcement: string;
  content(): ComponentChildren;
  /** Draws the card anew. Before the first tap nothing changes, so nothing that is being pressed is ever replaced. */
  draw(): void;
  /** Says that controls have appeared, and how long they take to stand still: taps on their way are not meant for them. */
  appeared(comingUpMs?: number): void;
  /** Gets the later artefact, which takes over; once, but anew after a failure. */
  fetchLater(): Promise<void>;
  answer(answers: Answers): void;
  /** The arrow keys came to a score: it stands until it is answered or changed, or the survey is left. */
  mark(answers: Answers): void;
  marked?: Answers | undefined;
  /** Saves a score that is marked and not answered: nothing chosen is ever dropped. */
  saveMarked(): void;
  /** Words typed into the comment and not sent. */
  typed?: string | undefined;
  /** The visitor came to the card: by keyboard, from where. */
  enter(from?: EventTarget | null): void;
  /** Marks the kept response as complete; here, so that the later artefact carries no storage code of its own. */
  finish(): void;
  close(byVisitor?: true): void;
  /** Where the keyboard was before it came to us. */
  before: EventTarget | null;
  /** To another step; there once the later artefact is. */
  go?(step: number): void;
  /** What the later artefact has to do at the end. */
  ended?(byVisitor?: true): void;
  face?(score: number): ComponentChild;
};

/** A text of this conversation: the owner's over the built-in, the brand put in. */
export function textOf({ page, wording }: Speaking, key: keyof Wording): string {
  const { texts, brand = "" } = page.config;
  const own: Partial<Texts> = texts?.[LANGUAGE] ?? {};
  return (
    (own[key as keyof Texts] ?? wording[(brand ? key : `${key}_unnamed`) as "thanks"] ?? wording[key]!)
      .split("{brand}")
      // A short name stays on one line.
      .join(brand[UNBROKEN_BRAND_CHARACTERS] ? brand : brand.replaceAll(" ", "\u00a0"))
  );
}

export function progressOf(conversation: Speaking & Pick<Conversation, "step" | "questions">): string {
  const { step, questions } = conversation;
  return questions[1] && step < questions.length
    ? textOf(conversation, "progress")
        .replace("{n}", `${step + 1}`)
        .replace("{total}", `${questions.length}`)
    : "";
}

/** Says on the page what has happened. A page that has broken its own events does not hear of it. */
export function dispatch({ config }: Page, event: string, detail?: object): void {
  try {
    document.dispatchEvent(new CustomEvent(`vidhuk:${event}`, { detail: { survey: config.id, ...detail } }));
  } catch (error) {
    warn(error);
  }
}
