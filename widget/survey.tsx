/**
 * The survey up to the first tap, in one language: mounts in an open shadow root and shows the first question. What
 * comes after is in later.tsx, fetched while the visitor reads.
 */

import { h, render } from "preact";
import { texts } from "#texts/first";
import { surveyDefaults } from "../shared/vocabulary.ts";
import { widgetQuestions } from "../shared/widget-questions.ts";
import { dayOf } from "./asking/eligibility.ts";
import type { Page } from "./page.ts";
import { finish, save } from "./saving/save.ts";
import { Card } from "./ui/card.tsx";
import type { Answers, Conversation } from "./ui/conversation.ts";
import { dispatch, textOf } from "./ui/conversation.ts";
import { guardTaps } from "./ui/early-taps.ts";
import { Scale } from "./ui/scale.tsx";
import { isBusy, placeOn } from "./ui/shadow-host.ts";
import css from "./ui/survey.css?inline";
import { Title } from "./ui/title.tsx";

/** Who is still there by then reads; before, the page's own loading has the right of way. */
const readingMs = 1000;
/** Long enough to see what was chosen before the next question comes. */
const glanceMs = 180;
/** The card's animation: until its end nothing in it stands still. */
const riseMs = 250;

/** Opens the survey once the page has the visitor's attention free; `wanted`: at the visitor's own or the page's wish. */
export async function open(page: Page, wanted?: boolean): Promise<void> {
  const { script, memory, step } = page;
  const { target } = script.dataset;
  // Nobody is asked behind their back, nor while a dialog of the page has them.
  while (document.hidden || (!wanted && !target && isBusy())) await pause(500);

  const inline = target ? document.querySelector(target) : null;
  const conversation = begin(page, !!inline, placeOn(inline), wanted);
  try {
    if (step || wanted) throw 0;
    conversation.draw();
  } catch {
    // Or the first question is one that this file cannot draw: the comment, or one with faces.
    await conversation.fetchLater();
    conversation.draw();
  }
  conversation.appeared(riseMs);
  memory.set({ asked: dayOf(Date.now()) });
  dispatch(page, "shown");
  setTimeout(conversation.enter, readingMs);
}

/** A conversation that is able to show its first question and to take the answer. */
function begin(page: Page, inline: boolean, place: Conversation["place"], wanted?: boolean): Conversation {
  const { root } = place;
  const { questions = surveyDefaults.questions } = page.config;
  let later: Promise<void> | undefined;
  const record = (answers: Answers) => {
    conversation.marked = undefined;
    save(page, conversation.step + 1, answers);
    dispatch(page, "answered", answers);
  };

  const conversation: Conversation = {
    page,
    place,
    inline,
    questions,
    step: page.step ?? 0,
    scales: { ...widgetQuestions.scales, ...page.config } as Conversation["scales"],
    stop: new AbortController(),
    wording: texts,
    announcement: "",
    before: document.activeElement,
    appeared: guardTaps(root),
    content: () => <Scale conversation={conversation} />,
    draw: () => render(<Card of={conversation} />, root),
    fetchLater() {
      later ??= page.load<typeof import("./later.tsx")>(`later-${LANGUAGE}`).then(
        (module) => module.begin(conversation, isBusy, wanted),
        (error) => {
          later = undefined;
          throw error;
        },
      );
      return later;
    },
    async answer(answers) {
      const { step } = conversation;
      // First of all, and by what is already here: the page may be closed in the next moment.
      record(answers);
      try {
        await Promise.all([conversation.fetchLater(), pause(glanceMs)]);
        if (conversation.step === step) conversation.go?.(step + 1);
      } catch {
        // Out of reach: what was answered is safe, the rest goes unasked.
        conversation.content = () => <Title>{textOf(conversation, "thanks")}</Title>;
        conversation.draw();
      }
    },
    mark(answers) {
      conversation.marked = answers;
      // To show the button that answers; Enter and Space do so without it.
      conversation
        .fetchLater()
        .then(() => conversation.draw())
        .catch(() => {});
    },
    saveMarked: () => conversation.marked && record(conversation.marked),
    enter(from) {
      if (from && !root.contains(from as Node)) conversation.before = from;
      conversation.fetchLater().catch(() => {});
    },
    finish: () => finish(page),
    close: (byVisitor) => close(conversation, byVisitor),
  };
  page.close = conversation.close;
  page.status = "open";
  place.dress(css);
  return conversation;
}

/** Ends the conversation, with what is chosen saved; more than once is as once. */
function close(conversation: Conversation, byVisitor?: true): void {
  const { page, place, stop } = conversation;
  if (stop.signal.aborted) return;
  const inside = place.root.activeElement;
  conversation.saveMarked();
  const answered = !!page.body;
  stop.abort();
  if (byVisitor && !answered) page.memory.set({ dismissed: dayOf(Date.now()) }, true);
  conversation.ended?.(byVisitor);
  place.remove();
  if (inside) (conversation.before as HTMLElement | null)?.focus?.();
  page.api.open = page.close = page.body = page.pending = page.step = undefined;
  page.status = "waiting";
  dispatch(page, "closed", { answered });
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
