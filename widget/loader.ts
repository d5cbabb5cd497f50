/**
 * What the script tag runs: decides whether to wake, and only then imports the survey. No Preact here.
 *
 * `GET /w/:survey.js` answers `(()=>{const VIDHUK={…};<this file, built>})()`.
 */
import { warn } from "./listen.ts";
import { start } from "./start.ts";

try {
  const script = document.currentScript ?? document.querySelector(`script[src*="/w/${VIDHUK.id}"]`);
  start(VIDHUK, script as HTMLScriptElement);
} catch (error) {
  warn(error);
}
