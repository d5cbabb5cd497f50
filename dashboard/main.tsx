import { render } from "preact";
import { followAddress } from "./address/address.ts";
import { App } from "./app.tsx";
import { comeAhead } from "./data/prefetch.ts";
import { findSession } from "./data/session.ts";
import { applyScheme } from "./device/colour-scheme.ts";
import { preferredTongue } from "./i18n/languages.ts";
import { speak } from "./i18n/translate.ts";

applyScheme();
/** A view that is drawn once, with its figures, is there sooner than one drawn thrice; up to here it is worth waiting. */
const PATIENCE_MS = 250;
// All at once: the first view waits for whichever is slowest, not for their sum.
await Promise.all([speak(preferredTongue()), findSession(), comeAhead(PATIENCE_MS)]);
followAddress();
const app = document.getElementById("app")!;
app.replaceChildren();
render(<App />, app);
