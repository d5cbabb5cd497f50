/**
 * Frameworks and page scripts take away what they did not make: an app that draws the whole document anew, a new body,
 * `document.open`, a dialog that is closed. What stood there goes back into the page, or its owner hears that it cannot.
 * A file of its own, for most pages leave it where it is.
 */
import { isModal, modalDialog } from "./ui/modal-dialog.ts";

/** A page that takes it away again and again has its way. */
const mostTries = 5;
/** Who has stood this long is not being taken away again and again. */
const settledMs = 10_000;
/** Long enough for a dialog to fade out. */
const fadeMs = 500;

/** The trees in which the element stands, one around the other: its component's, and so on, and the document. */
function rootsOf(element: Element): Node[] {
  const root = element.getRootNode();
  return root instanceof ShadowRoot ? [root, ...rootsOf(root.host)] : [document];
}

type Keeping = {
  /** The selector of the element in which it belongs; none: over the page. */
  target?: string | undefined;
  /** What had the keyboard when it was taken away. */
  focused?: HTMLElement | undefined;
  /** It cannot be moved: whatever takes it away ends it. */
  fixed?: true;
  signal: AbortSignal;
  /** Whether it still hears: `document.open` takes all listeners off all that it throws out. */
  isAlive?(): boolean;
  /** There is no place for it any more. */
  lost(): void;
};

/** Goes into the page's open modal dialog, if there is one. */
export const enterDialog = ({ host }: ShadowRoot) => modalDialog()?.append(host);

/** Sees to it now and until the signal. */
export function keepInPage({ host }: ShadowRoot, { target, focused, fixed, signal, isAlive, lost }: Keeping): void {
  const parent = host.parentElement;
  let dialog = target || parent === document.documentElement ? null : parent;
  let tries = fixed ? 0 : mostTries;
  let putAt = -settledMs;
  const observer = new MutationObserver(() => {
    check();
    if (dialog) setTimeout(check, fadeMs);
  });
  const watch = () => {
    observer.disconnect();
    const within = !!(target || dialog);
    // Over the page only the two uppermost levels matter: what else the page does wakes nobody.
    for (const each of dialog ? rootsOf(dialog) : [document, within ? null : document.documentElement])
      if (each)
        observer.observe(each, {
          childList: true,
          subtree: within,
          ...(dialog && { attributeFilter: ["open", "class", "style", "hidden", "aria-modal", "role"] }),
        });
  };
  function check() {
    if (signal.aborted || (host.isConnected && (!dialog || isModal(dialog)))) return;
    const home = target ? document.querySelector(target) : document.documentElement;
    // Between two documents there is none: the next one wakes us.
    if (!home && !target) return;
    const now = performance.now();
    if (!fixed && now - putAt > settledMs) tries = mostTries;
    putAt = now;
    if (!home || isAlive?.() === false || !tries--) return lost();
    dialog = null;
    home.append(host);
    focused?.focus();
    watch();
  }
  signal.addEventListener("abort", () => observer.disconnect());
  watch();
  check();
}
