/** A place on the page that lets no style in or out: in the target, or beside `body`, where no router sweeps. */
export type Place = { root: ShadowRoot; dress(css: string): void; remove(): void };

/** What pages make modal dialogs of. Many keep them in the document and only hide them. An element in full screen is one too. */
export const modals = ":modal:not(:root),[aria-modal=true],[role=alertdialog]";
const shut = ":is([inert],[aria-hidden=true])";

/** Whether an element that matches is to be seen, in open shadow roots too. */
const shows = (selector: string, root: ParentNode = document): boolean =>
  [...root.querySelectorAll(selector)].some(isSeen) ||
  [...root.querySelectorAll("*")].some(({ shadowRoot }) => shadowRoot && shows(selector, shadowRoot));

/** Whether the page's own content is to be seen and is shut off: then a dialog is modal that does not say so. */
export const isShutOff = () => shows(`body>${shut} :is(a,button)`);

/** Whether the page has the visitor do something else first. */
export const isBusy = () => shows(`${modals},main${shut},${shut} main`) || (shows("[role=dialog]") && isShutOff());

/** Not taken out, made transparent or moved out of the window. A dialog without a size of its own has its parts elsewhere. */
export function isSeen(element: Element) {
  const { x, y, width, height } = element.getBoundingClientRect();
  // Safari has no checkVisibility before 17.4.
  const drawn =
    element.checkVisibility?.({ checkOpacity: true, checkVisibilityCSS: true }) ?? element.getClientRects()[0];
  return drawn && (!(width * height) || (x > -width && y > -height && x < innerWidth && y < innerHeight));
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
