/**
 * The survey up to the first tap, in one language: mounts in an open shadow root and shows the first question. What
 * comes after is in later.tsx, fetched while the visitor reads.
 */

import { h, render } from "preact";
import { texts } from "#texts/first";
import { surveyDefaults } from "../shared/vocabulary.ts";
import { dayOf } from "./asking/eligibility.ts";
import type { Page } from "./page.ts";
import { save } from "./saving/save.ts";
import { Card } from "./ui/card.tsx";
import type { Talk } from "./ui/conversation.ts";
import { dispatch, say } from "./ui/conversation.ts";
import { Scale } from "./ui/scale.tsx";
import { modalDialog, placeOn } from "./ui/shadow-host.ts";
import css from "./ui/survey.css?inline";
import { Title } from "./ui/title.tsx";

/** Who is still there by then reads; before, the page's own loading has the right of way. */
const readingMs = 1000;
/** Long enough to see what was chosen before the next question comes. */
const glanceMs = 180;

export async function open(page: Page, wanted?: boolean): Promise<void> {
  const { config, script, memory, step = 0 } = page;
  const { questions = surveyDefaults.questions, csat_style } = config;
  const { target } = script.dataset;
  // Nobody is asked behind their back, nor in the middle of a host's dialog, outside of which all is inert.
  while (document.hidden || (!wanted && !target && modalDialog())) await pause(500);

  const inline = target ? document.querySelector(target) : null;
  const place = placeOn(inline ?? (wanted ? modalDialog() : null));
  const { root } = place;
  let later: Promise<void> | undefined;
  const fetchLater = () => {
    later ??= page.load<typeof import("./later.tsx")>(`later-${LANGUAGE}`).then(
      (module) => module.begin(talk, wanted),
      (error) => {
        later = undefined;
        throw error;
      },
    );
    return later;
  };

  const talk: Talk = {
    page,
    place,
    inline: !!inline,
    questions,
    step,
    stop: new AbortController(),
    wording: texts,
    said: "",
    before: document.activeElement,
    content: () => <Scale talk={talk} />,
    draw: () => render(<Card talk={talk} />, root),
    async answer(answers) {
      const { step } = talk;
      // First of all, and by what is already here: the page may be closed in the next moment.
      save(page, step + 1, answers);
      dispatch(page, "answered", answers);
      try {
        await Promise.all([fetchLater(), pause(glanceMs)]);
        if (talk.step === step) talk.go?.(step + 1);
      } catch {
        // Out of reach: what was answered is safe, the rest goes unasked.
        talk.content = () => <Title>{say(talk, "thanks")}</Title>;
        talk.draw();
      }
    },
    enter(from) {
      if (from && !root.contains(from as Node)) talk.before = from;
      fetchLater().catch(() => {});
    },
    close(byVisitor) {
      if (talk.stop.signal.aborted) return;
      const inside = root.activeElement;
      const answered = !!page.body;
      talk.stop.abort();
      if (byVisitor && !answered) memory.set({ dismissed: dayOf(Date.now()) }, true);
      talk.ended?.(byVisitor);
      place.remove();
      if (inside) (talk.before as HTMLElement | null)?.focus?.();
      page.api.open = page.close = page.body = page.pending = page.step = undefined;
      page.status = "waiting";
      dispatch(page, "closed", { answered });
    },
  };
  page.close = talk.close;
  page.status = "open";
  place.dress(css);
  const first = questions[step];
  if (step || wanted || first === "comment" || (first === "csat" && csat_style === "faces")) await fetchLater();
  talk.draw();
  memory.set({ asked: dayOf(Date.now()) });
  dispatch(page, "shown");
  setTimeout(talk.enter, readingMs);
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
