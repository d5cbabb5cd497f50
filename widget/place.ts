/** A place on the page that lets no style in or out. */
export type Place = {
  root: ShadowRoot;
  dress(css: string): void;
  remove(): void;
};

/** In the target; in an open modal dialog, outside of which all is inert; else beside `body`, where routers do not sweep. */
export function placeOn(target: Element | null | undefined, overDialog: boolean): Place {
  const host = document.createElement("vidhuk-survey");
  const root = host.attachShadow({ mode: "open" });
  const dialog = overDialog && document.querySelector("dialog:modal");
  (target ?? (dialog || document.documentElement)).append(host);
  return {
    root,
    dress(css) {
      // Made by script, so that no style-src of the page's has a say.
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(css);
      root.adoptedStyleSheets.push(sheet);
    },
    remove: () => host.remove(),
  };
}
