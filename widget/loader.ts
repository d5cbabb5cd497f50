/**
 * What the script tag runs, on every page view. Judges by itself what most page views meet: a pause, a date, a visitor
 * met lately. It is built four times, with targeting and triggers or without, and the Worker picks by the survey's settings;
 * commands and the outbox are files of their own, for those who use them.
 *
 * `GET /w/:survey.js` answers `(()=>{const VIDHUK={…};<this file, built>})()`.
 */

import { chooseLanguage, languages } from "../shared/languages.ts";
import { surveyDefaults } from "../shared/vocabulary.ts";
import { dayOf, judgeOpening, metLately } from "./asking/eligibility.ts";
import { judgeNow } from "./asking/targeting.ts";
import type { Delay, Trigger } from "./asking/trigger.ts";
import { waitFor } from "./asking/trigger.ts";
import { warn } from "./listen.ts";
import { openMemory } from "./memory.ts";
import type { Command, Page, Vidhuk } from "./page.ts";

const { id, trigger } = VIDHUK;
const script = (document.currentScript ?? document.querySelector(`[src*="/w/${id}"]`)) as HTMLScriptElement;
async function start(): Promise<void> {
  const host = new URL(script.src).origin;
  const key = `vidhuk:${host}`;
  const load = <Artefact>(name: string): Promise<Artefact> => IMPORT(`${host}/widget/${name}.${BUILD}.js`);
  const commands = () => load<typeof import("./commands.ts")>("commands");

  const found = window.vidhuk as Vidhuk | undefined;
  let api = found!;
  if (!api?.pages) {
    api = Object.assign((...command: Command) => commands().then((module) => module.obey(api, command)), {
      q: found?.q ?? [],
      pages: {},
      kept: {},
    });
    // A name that is taken stays so: the survey does without its commands. A stub says where its queue is, or will be.
    if (!found || /\.q/.test(found as never)) window.vidhuk = api;
  }
  if (api.pages[id]) return;

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
      let verdict = judgeOpening(VIDHUK, now);
      if (verdict === "show" && !wanted)
        verdict = metLately(VIDHUK, memory.state(), dayOf(now)) ?? (TARGETS ? judgeNow(page) : verdict);
      page.status = verdict;
      return verdict;
    },
    consider() {
      if (armed || api.open === id || page.judge() !== "show") return;
      if (!TRIGGER && trigger?.type === "manual") return;
      armed = true;
      page.status = "waiting";
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
  api.pages[id] = page;

  // Consent comes before anything is judged; who the visitor is matters only where somebody is asked.
  if (api.q!.find(([name]) => name !== "identify")) (await commands()).obey(api);
  if (memory.waits()) load<typeof import("./saving/resend.ts")>("resend").then((module) => module.resume(page), warn);
  page.consider();
}

start().catch(warn);
