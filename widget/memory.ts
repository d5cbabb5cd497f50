/**
 * The only storage. The localStorage key `vidhuk:<host>` holds the state of each survey: days as whole numbers since
 * 1970, no identifier. Each answer still on its way has a key of its own, `vidhuk:<host>/<response id>`, so that two
 * tabs cannot overwrite each other's. One sessionStorage key names the response that this tab is in the middle of;
 * `vidhuk:<host>/<survey id>` there holds words that were typed and not sent.
 *
 * Whatever is found there may be damaged, and every access may throw: nothing here does.
 */
import type { WidgetConfig } from "../shared/schema/survey.ts";
import { dayOf } from "./asking/eligibility.ts";
import { toJson } from "./json.ts";
import type { Memory, Page, PendingResponse, StoredState, SurveyState, Vidhuk } from "./page.ts";

export function openMemory(key: string, api: Vidhuk, { id, storage }: WidgetConfig): Memory {
  let waiting: boolean | undefined;
  let read = (): StoredState => {
    try {
      const text = localStorage[key];
      waiting = `${Object.keys({ ...localStorage, ...sessionStorage })}`.includes(`${key}/`);
      if (text[0] === "{") return JSON.parse(text);
    } catch {
      // Storage is blocked or has nothing of ours, as after a denied consent: the page's own copy serves.
    }
    return api.kept;
  };
  return {
    state: () => read().surveys?.[id] ?? {},
    set(changes, byVisitor) {
      if (!byVisitor && storage === "after_act") return;
      const stored = read();
      stored.surveys = { ...stored.surveys, [id]: { ...stored.surveys?.[id], ...changes } };
      try {
        if (!api.forgetful) localStorage[key] = JSON.stringify(stored);
      } catch {
        // From now on the page's own copy is newer than the stored one.
        read = () => stored;
      }
    },
    waits: () => read().outbox || waiting,
  };
}

/** What the device remembers of each survey of this collector. */
export function listStates({ key, api }: Page): SurveyState[] {
  let { surveys }: StoredState = api.kept;
  try {
    surveys = JSON.parse(localStorage[key]).surveys;
  } catch {}
  return Object.values(surveys ?? {});
}

/** The answer with this id that is on its way: the page's own copy, else what is stored under its key, whatever that is. */
export function findPending({ key, api }: Page, id: string): PendingResponse | undefined {
  try {
    return api.pending?.[id] ?? JSON.parse(localStorage[`${key}/${id}`]);
  } catch {}
}

/**
 * Keeps an answer on the device as it is now, or lets it go: once it is confirmed and its conversation over. False: the
 * device has no room for it, and it is kept for the page's life.
 */
export function putPending({ key, api }: Page, entry: PendingResponse): boolean {
  const { body, sent, step } = entry;
  const name = `${key}/${body.id}`;
  api.pending ??= {};
  api.pending[body.id] = entry;
  try {
    if (api.forgetful) return false;
    // First of all, for removing works where storage is full: or every page would send a confirmed answer again.
    if (sent === body.rev) delete localStorage[name];
    if (sent !== body.rev || step != null) localStorage[name] = toJson(entry);
    return delete api.pending[body.id];
  } catch {}
  return false;
}

/** Takes an answer off the device; what is kept for the page's life stays. Works where storage is full. */
export function removeStored({ key }: Page, id: string): void {
  try {
    delete localStorage[`${key}/${id}`];
  } catch {}
}

/** The ids of all answers on their way, of other surveys and other tabs too. */
export function listPending({ key, api }: Page): string[] {
  const prefix = `${key}/`;
  const ids = Object.keys(api.pending ?? {});
  try {
    for (const name of Object.keys(localStorage)) if (name.startsWith(prefix)) ids.push(name.slice(prefix.length));
  } catch {}
  return [...new Set(ids)];
}

/** Builds of before kept all answers in one list under the surveys' key; whatever stands there now. */
export function findOldOutbox({ key }: Page): unknown {
  try {
    return JSON.parse(localStorage[key]).outbox;
  } catch {}
}

/** Leaves only `entries` in that list; without any the list goes. */
export function setOldOutbox({ key }: Page, entries: Record<string, unknown>): void {
  try {
    const { outbox: _, ...stored } = JSON.parse(localStorage[key]);
    localStorage[key] = toJson(Object.keys(entries)[0] ? { ...stored, outbox: entries } : stored);
  } catch {}
}

/** Leaves nothing of us on the device. */
export function forget(key: string, api: Vidhuk): void {
  api.kept = {};
  api.pending = {};
  try {
    for (const storage of [localStorage, sessionStorage])
      for (const name of Object.keys(storage)) if (`${name}/`.startsWith(`${key}/`)) delete storage[name];
  } catch {}
}

/** Words typed into this survey's comment and not sent, in this tab and on this day. */
export function findTyped({ key, config }: Page): string | undefined {
  const name = `${key}/${config.id}`;
  try {
    const [, day, words] = /^(\d+) (.+)$/s.exec(sessionStorage[name]) ?? [];
    if (day === `${dayOf(Date.now())}`) return words;
    delete sessionStorage[name];
  } catch {}
}

/** Keeps them, for typing is an act of the visitor's; "" lets them go. */
export function keepTyped({ key, api, config }: Page, words: string): void {
  const name = `${key}/${config.id}`;
  try {
    if (!words) delete sessionStorage[name];
    else if (!api.forgetful) sessionStorage[name] = `${dayOf(Date.now())} ${words}`;
  } catch {}
}

/** The id of the response that this tab is in the middle of, or ""; with an argument, sets it. */
export function tabResponse({ key, api }: Page, id?: string): string {
  try {
    if (id != null && !api.forgetful) sessionStorage[key] = id;
    return sessionStorage[key] || "";
  } catch {
    return "";
  }
}
