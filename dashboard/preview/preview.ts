/**
 * A page with nothing but the real widget on it, in the settings that the dashboard sends. What is answered here goes
 * to the collector as a test response: shown for a day, never counted.
 */
import type { WidgetConfig } from "../../shared/schema/survey.ts";

type Wanted = { type: "vidhuk:preview"; config: WidgetConfig; language: string; marked: boolean };
type Widget = (command: string, about?: string) => unknown;

declare global {
  interface Window {
    /** The settings, where the Worker would have written them in front of the loader. */
    VIDHUK?: WidgetConfig;
    /** Stands where the Worker would have put the attributes that a script's address names. */
    TAGGED?: () => void;
    vidhuk?: unknown;
  }
}

const LOADER = "/widget/loader.js";
/** The loader, or the address of a survey's own tag. */
const ours = (url: string) => (/^\/w\/srv_\w+$/.test(url) ? url : LOADER);
const policy = window.trustedTypes?.createPolicy("vidhuk-preview", { createScriptURL: ours });
const scriptUrl = (url: string) => (policy ? policy.createScriptURL(url) : ours(url)) as string;

addEventListener("message", (event: MessageEvent<Wanted>) => {
  if (event.origin !== location.origin || event.data?.type !== "vidhuk:preview") return;
  show(event.data);
});
document.addEventListener("vidhuk:shown", () => isMarked && markAnswer());
document.addEventListener("vidhuk:answered", (event) => tell("answered", (event as CustomEvent).detail));
// An act in the form beside this page counts as one on this page too, and a survey asked for by an act takes the keyboard.
Object.defineProperty(navigator, "userActivation", { value: { isActive: false, hasBeenActive: false } });
let isMarked = false;
tell("ready");

function show({ config, language, marked }: Wanted): void {
  isMarked = marked;
  const widget = window.vidhuk as Widget | undefined;
  widget?.("reset");
  widget?.("stop");
  window.VIDHUK = config;
  window.TAGGED = () => {};
  document.documentElement.lang = language;
  document.documentElement.dataset.scheme = config.theme?.scheme ?? "auto";
  // By its tag's address the loader finds its host and its attributes. Of this type, a tag is neither fetched nor run.
  const tag = document.createElement("script");
  tag.type = "text/plain";
  tag.src = scriptUrl(`/w/${config.id}`);
  tag.dataset.test = "";
  tag.lang = language;
  const script = document.createElement("script");
  // One address as far as the browser's cache goes, yet run anew each time.
  script.src = scriptUrl(LOADER);
  script.onload = () => {
    tag.remove();
    script.remove();
    (window.vidhuk as Widget | undefined)?.("show", config.id);
  };
  script.onerror = () => tell("absent");
  document.body.append(tag, script);
}

/** Draws the last score of the question as chosen. Nothing is sent: only an act of a person answers. */
function markAnswer(): void {
  const scores = document
    .querySelector("vidhuk-survey")
    ?.shadowRoot?.querySelectorAll<HTMLInputElement>("[type=radio]");
  const last = scores?.[scores.length - 1];
  if (last) last.checked = true;
}

function tell(what: "ready" | "answered" | "absent", detail?: unknown): void {
  parent.postMessage({ type: `vidhuk:preview-${what}`, detail }, location.origin);
}
