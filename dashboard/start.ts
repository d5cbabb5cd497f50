/** The first script that runs, and a small one: it asks for all that the page will need before the page's own code is here. */
import { matchRoute, parseAddress } from "./address/routes.ts";
import { startPrefetch } from "./data/prefetch.ts";
import { preferredLanguage } from "./i18n/languages.ts";
import { loadStrings } from "./i18n/load-strings.ts";
import { prefetchView } from "./views/lazy-views.ts";

startPrefetch(location.hash);
const language = preferredLanguage();
loadStrings(language, ["page"]);
import("./main.tsx");
const view = matchRoute(parseAddress(location.hash).path)?.name;
if (view) prefetchView(view);
// The first format of its kind is slow to make, 70 to 250 ms at 4x (Chromium reads the list of the world's languages).
// It is made here, where there is nothing to do but wait.
new Intl.NumberFormat(language);
new Intl.DateTimeFormat(language);
if (view === "comments") new Intl.DisplayNames(language, { type: "language" });
