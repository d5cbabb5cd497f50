/** A place on the page that lets no style in or out: in the target, or beside `body`, where no router sweeps. */
export type Place = { root: ShadowRoot; dress(css: string): void; remove(): void };

/** The page's uppermost modal dialog, outside of which nothing can be reached: as a rule the one with the focus. */
export const modalDialog = () =>
  document.activeElement?.closest("dialog:modal") ?? document.querySelector("dialog:modal");

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
