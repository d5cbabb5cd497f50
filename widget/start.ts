/** One survey's life on a page: judged, armed, asked, closed. */
import { chooseLanguage, languages } from "../shared/languages.ts";
import type { WidgetConfig } from "../shared/schema/survey.ts";
import { pageApi } from "./api.ts";
import type { Asking, Person } from "./asking.ts";
import type { Verdict } from "./eligibility.ts";
import { dayOf, judge, judgeOpening } from "./eligibility.ts";
import { listen, warn } from "./listen.ts";
import type { Traces } from "./memory.ts";
import { openMemory } from "./memory.ts";
import { waitFor } from "./trigger.ts";
import { deviceOf, pageAddress, watchRoute } from "./visit.ts";

/** A conversation left in the middle is taken up again by the tab it stood in, this long. */
const resumableMs = 30 * 60_000;

type Standing = Verdict | "waiting" | "another_open" | "open" | "failed" | "stopped";

export function start(config: WidgetConfig, script: HTMLScriptElement): void {
  const { id, sample = 1, trigger = { type: "delay", seconds: 3 } } = config;
  const api = pageApi();
  if (api.runs[id]) return;
  const { target, test } = script.dataset;
  const host = new URL(script.src).origin;
  const memory = openMemory(`vidhuk:${host}`);
  const device = deviceOf(navigator);
  const luck = Math.random();
  const life = new AbortController();
  let armed: AbortController | undefined;
  let standing: Standing = "waiting";
  let person: Person = {};
  let close: (() => void) | undefined;

  const load = (name: string) => import(/* @vite-ignore */ `${host}/widget/${name}.${BUILD}.js`);
  const emit = (event: string, detail: unknown) =>
    document.dispatchEvent(new CustomEvent(`vidhuk:${event}`, { detail }));
  const note = (traces: Traces, act?: boolean) =>
    (act || config.storage !== "after_act") &&
    memory.change((kept) => {
      kept.surveys = { ...kept.surveys, [id]: { ...kept.surveys?.[id], ...traces } };
    });

  const judgeNow = (): Verdict => {
    const now = Date.now();
    if (test != null) return judgeOpening(config, now);
    const today = dayOf(now);
    const traces = memory.read().surveys?.[id] ?? {};
    const visit = { now, luck, page: pageAddress(), device, languages: navigator.languages };
    const verdict = judge(config, traces, visit);
    if (config.targeting?.first_visit_delay_days && !traces.first_visit) note({ first_visit: today });
    // Drawn once, and kept as long as an answer would be: a draw at each page view would in the end catch everyone.
    if (sample < 1 && /sh|sa/.test(verdict) && !(Math.abs(traces.drawn!) > today))
      note({ drawn: (verdict === "show" ? 1 : -1) * (today + (config.throttle?.after_answer_days || 90)) });
    return verdict;
  };

  const disarm = () => {
    armed?.abort();
    armed = undefined;
  };

  const consider = () => {
    if (api.open === id) return;
    standing = judgeNow();
    if (standing !== "show") disarm();
    else if (!armed) {
      armed = new AbortController();
      waitFor(trigger, armed.signal, () => ask());
    }
  };

  const ask = async (wanted = false, resumed = wanted): Promise<unknown> => {
    disarm();
    if (api.open === id) return;
    standing = api.open ? "another_open" : resumed ? judgeOpening(config, Date.now()) : judgeNow();
    if (standing !== "show") return;
    if (document.hidden) {
      armed = new AbortController();
      return listen(document, "visibilitychange", armed.signal, () => ask(wanted, resumed));
    }
    api.open = id;
    const asking: Asking = {
      config,
      host,
      memory,
      target: target ? document.querySelector(target) : undefined,
      wanted,
      test: test != null,
      person: () => person,
      note,
      emit,
      closed() {
        api.open = close = undefined;
        standing = judgeNow();
      },
    };
    try {
      if (person.token && !resumed && (await (await load("held")).isHeld(asking))) {
        api.open = undefined;
        standing = "held_back";
        return note({ held: dayOf(Date.now()) });
      }
      const wantedLanguages = [script.lang, document.documentElement.lang, ...navigator.languages];
      close = await (await load(`survey-${chooseLanguage(wantedLanguages, config.languages ?? languages)}`)).open(
        asking,
      );
      standing = "open";
    } catch (error) {
      api.open = undefined;
      standing = "failed";
      warn(error);
    }
  };

  const commands: Record<string, (about: never) => unknown> = {
    identify({ id, token, properties }: Person) {
      // Global Privacy Control: no name travels; what the page says of the visit does.
      person = (navigator as { globalPrivacyControl?: boolean }).globalPrivacyControl
        ? { properties }
        : { id, token, properties };
    },
    show: (survey?: string) => (survey ?? id) === id && ask(true),
    close: () => close?.(),
    event: (name: string) => emit("event", name),
    consent: (choice: string) => memory.allow(choice !== "denied"),
    reset() {
      person = {};
      memory.clear();
    },
    why: () => standing,
    stop() {
      close?.();
      disarm();
      life.abort();
      delete api.runs[id];
    },
  };
  api.runs[id] = (command, about) => commands[command]?.(about as never);
  // Events wait until the trigger listens; consent and identity come before anything is judged.
  const replay = (events: boolean) => {
    for (const command of api.q) if ((command[0] === "event") === events) api.runs[id]?.(...command);
  };
  replay(false);
  watchRoute(life.signal, consider);
  const { outbox } = memory.read();
  const left = outbox?.[memory.tab()!];
  if (outbox) load("resend").then((module) => module.resend({ host, memory }), warn);
  if (left?.body.survey === id && left.step != null && Date.now() - left.at < resumableMs) ask(false, true);
  else consider();
  replay(true);
}
