/** What comes once the first question is seen: the other questions, the thanks. */

import { h, render } from "preact";
import { texts } from "#texts/later";
import { isFor } from "./asking/eligibility.ts";
import { listen } from "./listen.ts";
import { pageAddress, watchRoute } from "./page-address.ts";
import { finish } from "./saving/save.ts";
import { post } from "./transport.ts";
import { linger } from "./ui/auto-close.ts";
import { Row } from "./ui/back-and-skip.tsx";
import { Card } from "./ui/card.tsx";
import { Comment } from "./ui/comment.tsx";
import type { Talk } from "./ui/conversation.ts";
import { progressOf, say } from "./ui/conversation.ts";
import { Face } from "./ui/face.tsx";
import css from "./ui/later.css?inline";
import { Link } from "./ui/link.tsx";
import { groupOf } from "./ui/respondent-group.ts";
import { Scale } from "./ui/scale.tsx";
import { Title } from "./ui/title.tsx";

/** A live region speaks of what changes in it once it has been there. */
const announceMs = 300;

/** Takes the conversation over from the first artefact. */
export function begin(talk: Talk, wanted?: boolean): void {
  const { page, place, questions, stop } = talk;
  const { config } = page;
  const { signal } = stop;
  const contacts = () => {
    const { answered, dismissed } = page.memory.state();
    return `${answered} ${dismissed}`;
  };
  const contactsBefore = contacts();
  let stopLingering: (() => void) | undefined;

  const count = (type: string) => config.count_views && post(`${page.host}/v1/events`, { survey: config.id, type });
  const focus = () => place.root.querySelector<HTMLElement>("[tabindex]")?.focus();
  const title = () => {
    const question = questions[talk.step];
    if (question && question !== "comment") return `${question}_question` as const;
    const group = groupOf(page.body);
    return question ? (`comment_${group ?? "question"}` as const) : group ? (`thanks_${group}` as const) : "thanks";
  };
  const announcement = () => `${progressOf(talk)} ${say(talk, title())}`;
  const link = () => config.thanks?.[groupOf(page.body)!]?.url;

  const go = (step: number) => {
    if (signal.aborted) return;
    const inside = place.root.activeElement;
    talk.step = step;
    talk.said = inside ? progressOf(talk) : announcement();
    talk.draw();
    if (inside) focus();
    if (step < questions.length) return;
    finish(page);
    if (!link()) stopLingering = linger(place.root, say(talk, title()), talk.close);
  };
  const row = (submit?: preact.VNode) =>
    talk.step > 0 ? (
      <Row talk={talk} go={go}>
        {submit}
      </Row>
    ) : (
      submit
    );

  Object.assign(talk.wording, texts);
  place.dress(css);
  talk.face = (score) => <Face score={score} />;
  talk.content = () => {
    const question = questions[talk.step];
    const url = link();
    if (!question)
      return [
        <Title key="thanks">{say(talk, title())}</Title>,
        url && <Link url={url}>{say(talk, `link_${groupOf(page.body)!}`)}</Link>,
      ];
    if (question !== "comment")
      return (
        <Scale key={question} talk={talk}>
          {row()}
        </Scale>
      );
    const text = page.body?.comment;
    return (
      <Comment
        title={say(talk, title())}
        text={text ?? ""}
        send={say(talk, "send")}
        row={row}
        answer={(comment) => (comment || text ? talk.answer({ comment }) : go(talk.step + 1))}
      />
    );
  };
  let ours = false;
  talk.draw = () => {
    if (!ours) place.root.replaceChildren();
    ours = true;
    render(<Card talk={talk} />, place.root);
  };
  talk.go = go;
  talk.ended = (byVisitor) => {
    stopLingering?.();
    if (page.body) finish(page);
    else if (byVisitor) count("dismissed");
  };

  // Back out of the browser's cache: another page of this tab may have gone on with the conversation, or ended it.
  listen(window, "pageshow", signal, async (event) => {
    if ((event as PageTransitionEvent).persisted)
      (await page.load<typeof import("./saving/resend.ts")>("resend")).catchUp(page, talk.close, go);
  });
  count("shown");
  // The page's dialog in which it was asked for may be closed or taken away before the conversation ends.
  const { host } = place.root;
  if (!talk.inline && host.closest("dialog")) {
    const watch = new MutationObserver(() => {
      if (!signal.aborted && host.closest("dialog:modal")) return;
      watch.disconnect();
      if (!signal.aborted) document.documentElement.append(host);
    });
    watch.observe(document, { subtree: true, childList: true, attributeFilter: ["open"] });
  }
  // Where it is not meant to be, a survey that nobody has touched or asked for goes.
  const leave = () => page.body || isFor(config.targeting, pageAddress()) || talk.close();
  if (!wanted && page.script.dataset.test == null) {
    leave();
    watchRoute(signal, leave);
  }
  // Answered or dismissed in another tab meanwhile: then not in this one too.
  listen(window, "storage pageshow", signal, () => page.body || contacts() === contactsBefore || talk.close());
  setTimeout(() => {
    const status = place.root.querySelector('[role="status"]');
    if (status && !status.textContent) status.textContent = talk.said = announcement();
    // Opened by the visitor's own act: then the keyboard follows. Never otherwise.
    if (wanted && navigator.userActivation?.isActive) focus();
  }, announceMs);
}
