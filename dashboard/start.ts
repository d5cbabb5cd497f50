/** The first thing that runs, and little: all that has to be fetched is on its way before the page itself is here. */
import { askAhead } from "./data/prefetch.ts";
import { preferredTongue, wordsOf } from "./i18n/languages.ts";

const isComments = /^#\/s\/[^/]+\/comments/.test(location.hash);
askAhead(location.hash);
const tongue = preferredTongue();
wordsOf(tongue);
import("./main.tsx");
if (isComments) import("./views/comments/comments.tsx");
// The first format of its kind is slow to make, 70 to 250 ms at 4x (Chromium reads the list of the world's
// languages): here while there is nothing to do but wait.
new Intl.NumberFormat(tongue);
new Intl.DateTimeFormat(tongue);
if (isComments) new Intl.DisplayNames(tongue, { type: "language" });
