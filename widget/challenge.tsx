/**
 * Has Cloudflare Turnstile vouch that a person answered: loaded only when the collector has asked for that. As a rule
 * nothing is seen of it; where Cloudflare wants an act of the visitor, a card of its own shows it, apart from the
 * conversation, which goes on meanwhile.
 */
import { h, render } from "preact";
import { texts } from "#texts/challenge";
import { surveyDefaults } from "../shared/vocabulary.ts";
import type { Page } from "./page.ts";
import { Card } from "./ui/card.tsx";
import challengeCss from "./ui/challenge.css?inline";
import { guardTaps } from "./ui/early-taps.ts";
import { modalDialog } from "./ui/modal-dialog.ts";
import type { Place } from "./ui/shadow-host.ts";
import { placeOn } from "./ui/shadow-host.ts";
import surveyCss from "./ui/survey.css?inline";
import { Title } from "./ui/title.tsx";

const address = "https://challenges.cloudflare.com/turnstile/v0/api.js?render=explicit";
/** For all that Cloudflare does without the visitor; a challenge that is shown waits for them. */
const patienceMs = 60_000;
/** Turnstile's frame is 300 px wide where it can be, and the card has 17 px at each side. */
const narrowPx = 334;
/** A live region speaks of what changes in it once it has been there. */
const announceMs = 300;

type Turnstile = { render(container: Element, options: object): string; remove(id: string): void };
declare const turnstile: Turnstile | undefined;
type Policy = { createScriptURL(url: string): string };
type Policies = { createPolicy(name: string, rules: Policy): Policy };

let policy: Policy | undefined;
let loading: Promise<unknown> | undefined;
let turn: Promise<unknown> = Promise.resolve();

export type Wanted = {
  siteKey: string;
  /** Nothing may be shown: the visitor has declined before. */
  quiet?: boolean | undefined;
};

/**
 * Resolves to a token, good for one response within 300 s; one challenge at a time. Rejects with the reason: `declined` is
 * the visitor's own.
 */
export function prove(page: Page, wanted: Wanted): Promise<string> {
  const token = turn.then(() => challenge(page, wanted));
  turn = token.catch(() => {});
  return token;
}

async function challenge(page: Page, { siteKey, quiet }: Wanted): Promise<string> {
  await load(page.script.nonce);
  const dialog = modalDialog();
  const place = placeOn(dialog);
  const { host } = place.root;
  // In the page's own tree and slotted: Turnstile looks for its element's parents, and finds none beyond a shadow root.
  const container = document.createElement("div");
  const end = new AbortController();
  let id: string | undefined;
  let before: EventTarget | null = null;
  place.dress(surveyCss);
  place.dress(challengeCss);
  render(<slot />, place.root);
  host.append(container);
  try {
    return await new Promise((resolve, reject) => {
      const timer = setTimeout(reject, patienceMs, "Turnstile does not answer");
      const fail = (code?: string) => {
        reject(`Turnstile refuses: ${code}`);
        return true;
      };
      const decline = () => reject("declined");
      id = turnstile!.render(container, {
        sitekey: siteKey,
        appearance: "interaction-only",
        "response-field": false,
        retry: "never",
        "refresh-expired": "never",
        "refresh-timeout": "never",
        language: LANGUAGE,
        theme: page.config.theme?.scheme ?? surveyDefaults.theme.scheme,
        size: innerWidth < narrowPx ? "compact" : "flexible",
        callback: resolve,
        // Without it Turnstile throws into the page; without `true` in return it writes to the page's console.
        "error-callback": fail,
        "unsupported-callback": fail,
        "timeout-callback": fail,
        "before-interactive-callback"() {
          clearTimeout(timer);
          if (quiet) return decline();
          show(page, place, decline, (from) => {
            before ??= from ?? null;
          });
        },
      });
      // A page's rules reach the element around Turnstile's frame, if not the frame.
      for (const child of container.children)
        (child as HTMLElement).style.cssText = "all:initial!important;display:block!important";
      const { signal } = end;
      const lost = () => reject("the page took it away");
      page
        .load<typeof import("./keep-in-page.ts")>("keep-in-page")
        .then(({ keepInPage }) => keepInPage(place.root, { fixed: true, signal, lost }))
        .catch(() => {});
      page.stop.signal.addEventListener("abort", () => reject("stopped"), { signal });
      dialog?.addEventListener("close", () => reject("the page closed the dialog around it"), { signal });
    });
  } finally {
    const inside = host.contains((host.getRootNode() as Document | ShadowRoot).activeElement);
    end.abort();
    if (id) turnstile!.remove(id);
    place.remove();
    if (inside) (before as HTMLElement | null)?.focus?.();
  }
}

/** Cloudflare's script, once per page, which may have it already. */
async function load(nonce: string): Promise<void> {
  if (typeof turnstile === "object") return;
  loading ??= new Promise((resolve, reject) => {
    const { trustedTypes } = globalThis as { trustedTypes?: Policies };
    policy ??= trustedTypes?.createPolicy("vidhuk", { createScriptURL: (url) => url });
    const script = document.createElement("script");
    script.onload = resolve;
    script.onerror = () => {
      script.remove();
      loading = undefined;
      reject("Turnstile cannot be loaded");
    };
    script.nonce = nonce;
    script.src = policy?.createScriptURL(address) ?? address;
    document.head.append(script);
  });
  await loading;
}

function show(page: Page, { root }: Place, close: () => void, enter: (from?: EventTarget | null) => void): void {
  const card = {
    page,
    wording: { ...texts, region: texts.confirm },
    inline: false,
    questions: [],
    step: 0,
    announcement: "",
    content: () => [<Title>{texts.confirm}</Title>, <slot />],
    enter,
    close,
  };
  render(<Card of={card} />, root);
  guardTaps(root)();
  setTimeout(() => {
    const status = root.querySelector('[role="status"]');
    if (status) status.textContent = texts.confirm;
  }, announceMs);
}
