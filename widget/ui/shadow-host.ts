/** A place on the page that lets no style in or out: in the target, or beside `body`, where no router sweeps. */
export type Place = { root: ShadowRoot; dress(css: string): void; remove(): void };

/** What pages make modal dialogs of. Many keep them in the document and only hide them. */
const modals = "dialog:modal,[aria-modal=true],[role=alertdialog]";
/** What is left of a page that something else shuts off. */
const shutOff = "main[inert],[inert] main,[inert] [role=main]";

/** Whether the element is an open modal dialog, of whatever make. */
export const isModal = (element: Element) => element.matches(modals) && isSeen(element);

/** The page's uppermost modal dialog, outside of which nothing can be reached: as a rule the one with the focus. */
export function modalDialog(): Element | null {
  const focused = document.activeElement?.closest(modals);
  return focused && isSeen(focused) ? focused : document.querySelector("dialog:modal");
}

/** Whether the page has the visitor do something else first. */
export const isBusy = () => [...document.querySelectorAll(`${modals},${shutOff}`)].some(isSeen);

/** Not taken out, made transparent or moved out of the window. A dialog without a size of its own has its parts elsewhere. */
function isSeen(element: Element): boolean {
  const { left, right, top, bottom, width, height } = element.getBoundingClientRect();
  // Safari has no checkVisibility before 17.4.
  const drawn =
    element.checkVisibility?.({ checkOpacity: true, checkVisibilityCSS: true }) ?? element.getClientRects()[0];
  return !!drawn && (!(width * height) || (right > 0 && bottom > 0 && left < innerWidth && top < innerHeight));
}

export function placeOn(target: Element | null): Place {
  const host = document.createElement("vidhuk-survey");
  const root = host.attachShadow({ mode: "open" });
  (target ?? document.documentElement).append(host);
  return {
    root,
    dress(css) {
      // Made by script, so that no style-src of the page's has a say.
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(css);
      root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
    },
    remove: () => host.remove(),
  };
}
