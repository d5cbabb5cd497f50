/** What comes once the first question is seen: the other questions, the thanks. */

import { h, render } from "preact";
import { texts } from "#texts/later";
import { isFor } from "./asking/eligibility.ts";
import { listen, warn } from "./listen.ts";
import { findTyped, keepTyped } from "./memory.ts";
import { pageAddress } from "./page-address.ts";
import { post } from "./transport.ts";
import { closeAfterReading } from "./ui/auto-close.ts";
import { Row } from "./ui/back-and-skip.tsx";
import { Card } from "./ui/card.tsx";
import { Comment } from "./ui/comment.tsx";
import type { Conversation } from "./ui/conversation.ts";
import { progressOf, textOf } from "./ui/conversation.ts";
import { Face } from "./ui/face.tsx";
import css from "./ui/later.css?inline";
import { Link } from "./ui/link.tsx";
import { groupOf } from "./ui/respondent-group.ts";
import { Scale } from "./ui/scale.tsx";
import { Title } from "./ui/title.tsx";

type KeepInPage = typeof import("./keep-in-page.ts");

/** A live region speaks of what changes in it once it has been there. */
const announceMs = 300;

/** Takes the conversation over from the first artefact. */
export async function begin(conversation: Conversation, isBusy: () => boolean, wanted?: boolean): Promise<void> {
  const { page, place, inline } = conversation;
  // Asked for from within a dialog: outside of it nothing can be reached.
  if (wanted && !inline && isBusy())
    await page.load<KeepInPage>("keep-in-page").then(
      ({ enterDialog }) => enterDialog(place.root),
      () => {},
    );
  Object.assign(conversation.wording, texts);
  conversation.typed = findTyped(page);
  conversation.face = (score) => <Face score={score} />;
  place.dress(css);
  takeOverDrawing(conversation);
  takeOverSteps(conversation);
  followPage(conversation, wanted);
  followOtherTabs(conversation);
  keepMarked(conversation);
  try {
    keepPlace(conversation);
  } catch (error) {
    // A page that has taken away what this needs is asked all the same.
    warn(error);
  }
  count(page, "shown");
  setTimeout(() => {
    const status = place.root.querySelector('[role="status"]');
    if (status && !status.textContent) status.textContent = conversation.announcement = announcementOf(conversation);
    // Opened by the visitor's own act: then the keyboard follows. Never otherwise.
    if (wanted && navigator.userActivation?.isActive) focusTitle(conversation);
  }, announceMs);
}

const count = ({ host, config }: Conversation["page"], type: string) =>
  config.count_views && post(`${host}/v1/events`, { survey: config.id, type });

const focusTitle = ({ place }: Conversation) => place.root.querySelector<HTMLElement>("[tabindex]")?.focus();

/** The title's key, by the step and by the group in which the respondent stands. */
function titleOf({ page, questions, step }: Conversation) {
  const question = questions[step];
  if (question && question !== "comment") return `${question}_question` as const;
  const group = groupOf(page);
  return question ? (`comment_${group ?? "question"}` as const) : group ? (`thanks_${group}` as const) : "thanks";
}

const announcementOf = (conversation: Conversation) =>
  `${progressOf(conversation)} ${textOf(conversation, titleOf(conversation))}`;

const linkOf = ({ page }: Conversation) => page.config.thanks?.[groupOf(page)!]?.url;

/** From now on Preact draws, and every step has its content. */
function takeOverDrawing(conversation: Conversation): void {
  const { root } = conversation.place;
  let taken = false;
  conversation.draw = () => {
    const inside = root.activeElement;
    if (!taken) root.replaceChildren();
    render(<Card of={conversation} />, root);
    // What had the keyboard is gone with the first drawing: its score has it in the new one.
    if (!taken && inside) root.querySelector<HTMLElement>(":checked")?.focus();
    taken = true;
  };
  conversation.content = () => contentOf(conversation);
}

function contentOf(conversation: Conversation) {
  const { page, questions, step } = conversation;
  const question = questions[step];
  const url = linkOf(conversation);
  if (!question)
    return [
      <Title key="thanks">{textOf(conversation, titleOf(conversation))}</Title>,
      url && <Link url={url}>{textOf(conversation, `link_${groupOf(page)!}`)}</Link>,
    ];
  if (question !== "comment")
    return (
      <Scale key={question} conversation={conversation}>
        <Row conversation={conversation} chosen={{ ...page.body, ...conversation.marked }[question] != null} />
      </Scale>
    );
  const sent = page.body?.comment;
  return (
    <Comment
      title={textOf(conversation, titleOf(conversation))}
      text={conversation.typed ?? sent ?? ""}
      send={textOf(conversation, "send")}
      privacy={privacyOf(conversation)}
      row={(submit) => <Row conversation={conversation}>{submit}</Row>}
      type={(text) => {
        conversation.typed = text;
        keepTyped(page, text);
      }}
      answer={(comment) => {
        conversation.typed = undefined;
        keepTyped(page, "");
        if (comment || sent) conversation.answer({ comment });
        else conversation.go?.(step + 1);
      }}
    />
  );
}

/** Where the owner says how answers are used, and the box that asks for consent: nothing where the survey has neither. */
function privacyOf(conversation: Conversation) {
  const { privacy_tick, privacy_url } = conversation.page.config;
  return [
    privacy_tick && (
      <label class="act">
        <input type="checkbox" required /> {textOf(conversation, "privacy_tick")}
      </label>
    ),
    privacy_url && (
      <a class="act" href={privacy_url} target="_blank" rel="noreferrer">
        {textOf(conversation, "privacy")}
      </a>
    ),
  ];
}

/** From now on there are steps to go to; the last one is the thanks, which closes itself where it has no link. */
function takeOverSteps(conversation: Conversation): void {
  const { page, place, questions, stop } = conversation;
  let stopClosing: (() => void) | undefined;
  conversation.go = (step) => {
    if (stop.signal.aborted) return;
    const inside = place.root.activeElement;
    conversation.saveMarked();
    conversation.step = step;
    conversation.announcement = inside ? progressOf(conversation) : announcementOf(conversation);
    conversation.draw();
    conversation.appeared();
    if (inside) focusTitle(conversation);
    stopClosing?.();
    if (step < questions.length) return;
    keepTyped(page, "");
    conversation.finish();
    if (!linkOf(conversation))
      stopClosing = closeAfterReading(place.root, textOf(conversation, titleOf(conversation)), conversation.close);
  };
  conversation.ended = (byVisitor) => {
    stopClosing?.();
    if (byVisitor) keepTyped(page, "");
    // Words that the visitor did not give up go on with their answer on the next page.
    else if (conversation.typed) return;
    if (page.body) conversation.finish();
    else if (byVisitor) count(page, "dismissed");
  };
}

/** Where it is not meant to be, a survey that nobody has touched or asked for goes. */
function followPage({ page, close }: Conversation, wanted?: boolean): void {
  page.leave = () =>
    wanted || page.script.dataset.test != null || page.body || isFor(page.config.targeting, pageAddress()) || close();
}

/** Another page may have gone on with the conversation meanwhile, ended it, or got an answer of its own. */
function followOtherTabs({ page, stop, close, ...conversation }: Conversation): void {
  const { signal } = stop;
  const contacts = () => {
    const { answered, dismissed } = page.memory.state();
    return `${answered} ${dismissed}`;
  };
  const contactsBefore = contacts();
  // Back out of the browser's cache.
  listen(window, "pageshow", signal, async (event) => {
    if ((event as PageTransitionEvent).persisted)
      (await page.load<typeof import("./saving/resend.ts")>("resend")).catchUp(page, close, conversation.go!);
  });
  listen(window, "storage pageshow", signal, () => {
    if (!page.body && contacts() !== contactsBefore) close();
  });
}

/** Whoever marked a score with the arrow keys and leaves has decided. */
function keepMarked({ place, stop, saveMarked }: Conversation): void {
  listen(window, "pagehide", stop.signal, saveMarked);
  listen(place.root, "focusout", stop.signal, (event) => {
    const { relatedTarget } = event as FocusEvent;
    if (relatedTarget && !place.root.contains(relatedTarget as Node)) saveMarked();
  });
}

/** Watches only whether the survey is still there: what to do when it is not, or could go with what is around it, is fetched. */
function keepPlace({ page, place, inline, stop: { signal }, close }: Conversation): void {
  const { root } = place;
  const { host } = root;
  const top = document.documentElement;
  let focused: HTMLElement | undefined;
  const isAlive = () => {
    const before = focused;
    focused = undefined;
    root.dispatchEvent(new Event("focusin"));
    const heard = focused !== undefined;
    focused = before;
    return heard;
  };
  const keep = (focused?: HTMLElement) => {
    observer.disconnect();
    const target = inline ? page.script.dataset.target : undefined;
    page
      .load<KeepInPage>("keep-in-page")
      .then(({ keepInPage }) => keepInPage(root, { target, focused, signal, isAlive, lost: close }))
      .catch(() => host.isConnected || close());
  };
  const observer = new MutationObserver(() => host.isConnected || keep(focused));
  for (const each of [document, top]) observer.observe(each, { childList: true });
  signal.addEventListener("abort", () => observer.disconnect());
  if (host.parentNode !== top) keep();
  listen(root, "focusin focusout", signal, ({ type, target }) => {
    if (type === "focusin") focused = target as HTMLElement;
    // Later, for what is taken away may lose the focus before the observer hears of it.
    else
      setTimeout(() => {
        if (!root.activeElement) focused = undefined;
      });
  });
}
