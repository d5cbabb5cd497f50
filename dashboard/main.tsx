import { render } from "preact";
import { followAddress } from "./address/address.ts";
import { App } from "./app.tsx";
import { settlePrefetch } from "./data/prefetch.ts";
import { findSession } from "./data/session.ts";
import { applyScheme } from "./device/colour-scheme.ts";
import { preferredLanguage } from "./i18n/languages.ts";
import { setLanguage } from "./i18n/translate.ts";

applyScheme();
/** One drawing with its figures is there sooner than three without: up to here it is worth waiting for the replies. */
const DRAW_WITHIN_MS = 250;
// All three at once: the first view waits for whichever is slowest, not for their sum.
await Promise.all([setLanguage(preferredLanguage()), findSession(), settlePrefetch(DRAW_WITHIN_MS)]);
followAddress();
const app = document.getElementById("app")!;
app.replaceChildren();
render(<App />, app);
