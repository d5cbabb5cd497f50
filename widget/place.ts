/** A place on the page that lets no style in or out: in the target, or beside `body`, where no router sweeps. */
export type Place = { root: ShadowRoot; dress(css: string): void; remove(): void };

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
