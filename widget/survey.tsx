/** The survey itself, in one language: mounts in an open shadow root, asks, and goes without a trace. */

import { h, render } from "preact";
import { texts } from "#texts/first";
import type { Asking } from "./asking.ts";
import type { Answers } from "./conversation.ts";
import { save } from "./conversation.ts";
import { dayOf } from "./eligibility.ts";
import { listen } from "./listen.ts";
import { finish } from "./outbox.ts";
import { placeOn } from "./place.ts";
import { post } from "./transport.ts";
import { Card } from "./ui/card.tsx";
import { Scale } from "./ui/scale.tsx";
import css from "./ui/survey.css?inline";
import { wordingOf } from "./wording.ts";

/** Long enough to see what was chosen before the next question comes. */
const glanceMs = 180;
/** A live region speaks of what changes in it once it is there. */
const announceMs = 300;

/** Shows the survey; gives the way to close it. */
export async function open(asking: Asking): Promise<() => void> {
  const { config, host, memory, wanted } = asking;
  const { id, theme = {}, questions = ["nps", "csat", "comment"], csat_style = "stars" } = config;
  const last = questions.length;
  // Outside of the host's open modal dialog all is inert, and interrupting one is no time to ask.
  while (!wanted && !asking.target && document.querySelector("dialog:modal"))
    await new Promise((resolve) => setTimeout(resolve, 500));
  const wording = { ...texts };
  const say = wordingOf(config, wording);
  const place = placeOn(asking.target, wanted);
  const { root } = place;
  const life = new AbortController();
  const dark = matchMedia("(prefers-color-scheme:dark)");
  let later: typeof import("./later.tsx") | undefined;
  let step = 0;
  let said = "";
  let live = false;
  let unlinger: (() => void) | undefined;
  // Focus goes back to where it was: at the button that opened us, or where the visitor came from.
  let before: EventTarget | null = document.activeElement;

  const traces = () => memory.read().surveys?.[id] ?? {};
  const answeredBefore = traces().answered;
  const left = memory.read().outbox?.[memory.tab()!];
  if (left?.body.survey === id && left.step != null) {
    asking.body = left.body;
    step = left.step;
  }

  const tell = (event: string, detail?: object) => asking.emit(event, { survey: id, ...detail });
  const count = (type: string) => config.count_views && post(`${host}/v1/events`, { survey: id, type });
  const group = () => asking.body && later?.groupOf(asking.body);
  const link = () => config.thanks?.[group()!]?.url;
  const progress = () =>
    questions[1] && step < last
      ? say("progress")
          .replace("{n}", `${step + 1}`)
          .replace("{total}", `${last}`)
      : "";
  const title = () =>
    questions[step] === "comment"
      ? say(group() ? `comment_${group()!}` : "comment_question")
      : questions[step]
        ? say(`${questions[step] as "nps"}_question`)
        : say(group() ? `thanks_${group()!}` : "thanks");

  const close = (byVisitor?: unknown) => {
    if (life.signal.aborted) return;
    life.abort();
    unlinger?.();
    if (asking.body) finish(memory, asking.body.id);
    else if (byVisitor) {
      asking.note({ dismissed: dayOf(Date.now()) }, true);
      count("dismissed");
    }
    const inside = root.activeElement;
    render(null, root);
    place.remove();
    if (inside) (before as HTMLElement | null)?.focus?.();
    asking.closed();
    tell("closed", { answered: !!asking.body });
  };

  const fetchLater = async () => {
    if (later) return;
    const module = await import("./later.tsx");
    Object.assign(wording, module.texts);
    if (!later) place.dress(module.css);
    later = module;
  };

  const go = async (next: number) => {
    step = next;
    // Out of reach: what was answered is safe in the outbox, the rest goes unasked.
    if (questions[step] !== "nps") await fetchLater().catch(() => (step = last));
    if (life.signal.aborted) return;
    const inside = root.activeElement;
    if (live) said = inside ? progress() : `${progress()} ${title()}`;
    draw();
    if (inside) root.querySelector<HTMLElement>("[tabindex]")!.focus();
    if (step === last) {
      if (asking.body) finish(memory, asking.body.id);
      if (!link()) unlinger = later?.linger(root, title(), close);
    }
  };

  const answer = async (answers: Answers) => {
    const from = step;
    save(asking, from + 1, answers);
    tell("answered", answers);
    draw();
    await new Promise((resolve) => setTimeout(resolve, glanceMs));
    if (from === step) go(from + 1);
  };

  const row = (submit?: preact.ComponentChild) =>
    step > 0 && later ? (
      <later.Row back={say("back")} skip={say("skip")} goBack={() => go(step - 1)} pass={() => go(step + 1)}>
        {submit}
      </later.Row>
    ) : (
      submit
    );

  const content = () => {
    const question = questions[step];
    if (question === "nps" || question === "csat")
      return (
        <Scale
          key={question}
          kind={question}
          title={title()}
          low={say(`${question}_low`)}
          high={say(`${question}_high`)}
          chosen={asking.body?.[question]}
          glyph={question === "csat" ? later?.glyphs[csat_style as "stars"] : undefined}
          answer={(score) => answer({ [question]: score })}
        >
          {row()}
        </Scale>
      );
    if (question && later)
      return (
        <later.Comment
          title={title()}
          text={asking.body?.comment ?? ""}
          send={say("send")}
          row={row}
          answer={(comment) => (comment || asking.body?.comment ? answer({ comment }) : go(step + 1))}
        />
      );
    return [
      <p key="thanks" class="title" part="title" tabIndex={-1}>
        {title()}
      </p>,
      later && link() && <later.Link text={say(`link_${group()!}`)} url={link()!} />,
    ];
  };

  const draw = () =>
    render(
      <Card
        name={say("region")}
        progress={progress()}
        closing={say("close")}
        said={said}
        inline={!!asking.target}
        theme={theme}
        dark={dark.matches}
        close={close}
        entered={(from) => {
          if (from && (from as Node).getRootNode() !== root) before = from;
          fetchLater().catch(() => {});
        }}
      >
        {content()}
      </Card>,
      root,
    );

  place.dress(css);
  await go(step);
  setTimeout(() => {
    live = true;
    said = `${progress()} ${title()}`;
    if (!life.signal.aborted) draw();
  }, announceMs);
  // Opened by the visitor's own act: then the keyboard follows. Never otherwise.
  if (wanted && navigator.userActivation?.isActive) root.querySelector<HTMLElement>("[tabindex]")!.focus();
  listen(dark, "change", life.signal, draw);
  listen(window, "storage", life.signal, () => asking.body || traces().answered === answeredBefore || close());
  asking.note({ asked: dayOf(Date.now()) });
  count("shown");
  tell("shown");
  return close;
}
