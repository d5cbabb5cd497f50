import { createElement as h } from "react";
import { createRoot } from "react-dom/client";
import { BrowserRouter, Link, useLocation } from "react-router";

const { search } = location;

function App() {
  const { pathname } = useLocation();
  const link = (to, name) => h(Link, { to: to + search }, name);
  return h(
    "main",
    { key: pathname },
    h("h1", null, pathname),
    link("/checkout/done", "Checkout"),
    link("/help", "Help"),
  );
}

createRoot(document.querySelector("#root")).render(h(BrowserRouter, { basename: "/react" }, h(App)));
