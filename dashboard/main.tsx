import { render } from "preact";
import { App } from "./app.tsx";
import { followAddress } from "./place.ts";
import { applyScheme } from "./scheme.ts";
import { findSession } from "./session.ts";
import { preferredTongue, speak } from "./wording.ts";

applyScheme();
// Both at once: the first view waits for whichever is slower, not for their sum.
await Promise.all([speak(preferredTongue()), findSession()]);
followAddress();
render(<App />, document.getElementById("app")!);
