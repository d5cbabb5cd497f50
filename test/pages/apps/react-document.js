import { createElement as h } from "react";
import { hydrateRoot } from "react-dom/client";

/** Says other words than the server did: React then draws the whole document anew. */
const App = () =>
  h(
    "html",
    { lang: "en" },
    h("head", null, h("title", null, "shop")),
    h("body", null, h("h1", null, "client"), h("p", null, "cart")),
  );

window.hydrate = () => hydrateRoot(document, h(App), { onRecoverableError() {} });
