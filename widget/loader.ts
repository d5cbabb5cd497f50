/**
 * What the script tag runs, on every page view. Judges by itself what most page views meet: a pause, a date, a visitor
 * who was in contact a short time ago. It is built six times, with or without targeting, what is known of visitors, and
 * triggers, and the Worker picks by the survey's settings; commands and the outbox are files of their own, for those who use them.
 *
 * `GET /w/:survey.js` answers `(()=>{const VIDHUK={…};<this file, built>})()`, with the marker `TAGGED` taken out.
 */

import { chooseLanguage, languages } from "../shared/languages.ts";
import { surveyDefaults } from "../shared/vocabulary.ts";
import { recentContact, refusalByOwner } from "./asking/eligibility.ts";
import { judgeVisitNow } from "./asking/targeting.ts";
import type { Delay, Trigger } from "./asking/trigger.ts";
import { waitFor } from "./asking/trigger.ts";
import { judgeVisitorNow } from "./asking/visitor.ts";
import { warn } from "./listen.ts";
import { openMemory } from "./memory.ts";
import type { Command, Page, Vidhuk } from "./page.ts";

const { id, trigger } = VIDHUK;
const path = `/w/${id}`;
// By its address where the browser does not say which tag runs: a module, or one that a script optimiser runs itself.
const script = [document.currentScript as HTMLScriptElement, ...document.scripts].find((each) =>
  each?.src?.includes(path),
) as HTMLScriptElement;
const host = script?.src.split(path)[0] as string;
const key = `vidhuk:${host}`;
const load = <Artefact>(name: string): Promise<Artefact> => IMPORT(`${host}/widget/${name}.${BUILD}.js`);
const commands = () => load<typeof import("./commands.ts")>("commands");

async function start(): Promise<void> {
  const api = shareApi();
  if (api.pages[id]) return;
  const page = openPage(api);
  api.pages[id] = page;

  // Consent comes before anything is judged; who the visitor is matters only where somebody is asked.
  if (api.q!.find(([name]) => name !== "identify")) (await commands()).run(api);
  if (page.memory.waits())
    load<typeof import("./saving/resend.ts")>("resend").then((module) => module.resume(page), warn);
  page.consider();
}

/** What all surveys of the page share, made by whichever comes first. */
function shareApi(): Vidhuk {
  const found = window.vidhuk as Vidhuk | undefined;
  if (found?.pages) return found;
  const api: Vidhuk = Object.assign((...command: Command) => commands().then((module) => module.run(api, command)), {
    q: found?.q ?? [],
    pages: {},
    kept: {},
  });
  // A name that is taken stays so: the survey does without its commands. A stub says where its queue is, or will be.
  if (!found || /\.q/.test(found as never)) window.vidhuk = api;
  return api;
}

function openPage(api: Vidhuk): Page {
  // The Worker puts the attributes here that the script's address names.
  TAGGED(script);
  let armed = false;
  const memory = openMemory(key, api, VIDHUK);
  const page: Page = {
    config: VIDHUK,
    script,
    host,
    key,
    api,
    memory,
    load,
    stop: new AbortController(),
    status: "waiting",
    judge(wanted = script.dataset.test != null) {
      const now = Date.now();
      // biome-ignore lint/suspicious/noAssignInExpressions: a name of its own would travel with every page view.
      return (page.status =
        refusalByOwner(VIDHUK, now) ??
        (wanted
          ? "show"
          : (recentContact(VIDHUK, memory.state(), now / 864e5) ??
            (VISITORS ? judgeVisitorNow(page) : TARGETS ? judgeVisitNow(page) : "show"))));
    },
    consider() {
      if (armed || api.open === id || page.judge() !== "show") return;
      if (!TRIGGER && trigger?.type === "manual") return;
      page.status = "waiting";
      armed = true;
      const fire = () => {
        armed = false;
        page.ask();
      };
      if (TRIGGER) waitFor(trigger as Trigger, page.stop.signal, fire);
      else setTimeout(fire, ((trigger as Delay | undefined)?.seconds ?? surveyDefaults.trigger.seconds) * 1000);
    },
    async ask(wanted) {
      if (api.open) return;
      api.open = id;
      try {
        if (
          page.judge(wanted) === "show" &&
          !((api.q![0] || api.person) && (await (await commands()).isHeld(page, wanted)))
        ) {
          const wishes = [script.lang, document.documentElement.lang, ...navigator.languages];
          const language = chooseLanguage(wishes, VIDHUK.languages ?? languages);
          return await (await load<typeof import("./survey.tsx")>(`survey-${language}`)).open(page, wanted);
        }
      } catch (error) {
        page.status = "failed";
        warn(error);
      }
      api.open = undefined;
    },
  };
  return page;
}

start().catch(warn);
