import { render } from "preact";
import { comeAhead } from "./ahead.ts";
import { App } from "./app.tsx";
import { followAddress } from "./place.ts";
import { applyScheme } from "./scheme.ts";
import { findSession } from "./session.ts";
import { preferredTongue } from "./tongues.ts";
import { speak } from "./wording.ts";

applyScheme();
/** A view that is drawn once, with its figures, is there sooner than one drawn thrice; up to here it is worth waiting. */
const PATIENCE_MS = 250;
// All at once: the first view waits for whichever is slowest, not for their sum.
await Promise.all([speak(preferredTongue()), findSession(), comeAhead(PATIENCE_MS)]);
followAddress();
const app = document.getElementById("app")!;
app.replaceChildren();
render(<App />, app);
