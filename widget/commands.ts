/** What a page may tell us: `vidhuk("identify", {…})` and its like. */
import { limits } from "../shared/limits.ts";
import { firstCharacters } from "../shared/text.ts";
import { isHeldBack } from "./asking/server-eligibility.ts";
import { warn } from "./listen.ts";
import { forget } from "./memory.ts";
import type { Command, Page, Person, Vidhuk } from "./page.ts";

const actions: Record<string, (page: Page, about: never) => unknown> = {
  identify({ api }, said: Record<keyof Person, unknown>) {
    const id = firstCharacters(String(said.id ?? "").trim(), limits.respondentCharacters);
    const properties = flat(said.properties);
    const person = { id, token: tokenIn(said.token), properties };
    // Global Privacy Control: no name travels; what the page says of the visit does.
    const { globalPrivacyControl } = navigator as { globalPrivacyControl?: boolean };
    api.person = globalPrivacyControl ? { properties } : person;
  },
  show: (page) => page.ask(true),
  close: (page) => page.close?.(),
  event: (_, name: string) => document.dispatchEvent(new CustomEvent("vidhuk:event", { detail: name })),
  consent({ api, key }, choice: string) {
    api.forgetful = choice === "denied";
    if (api.forgetful) forget(key, api);
  },
  reset({ api, key }) {
    api.person = undefined;
    forget(key, api);
  },
  async why(page) {
    const { status, api } = page;
    if (api.open) return api.open === page.config.id ? status : "another_open";
    const verdict = page.judge();
    // What waits, failed or was held back by the collector says more than that nothing local is in the way.
    if (verdict === "show") page.status = status;
    return page.status;
  },
  stop(page) {
    page.close?.();
    page.stop.abort();
    delete page.api.pages[page.config.id];
  },
};

/** Runs the commands that the page gave before the widget came, then this one, if any; gives this one's results. */
export function run(api: Vidhuk, command?: Command): Promise<unknown> | undefined {
  for (const each of api.q?.splice(0) ?? []) runOne(api, each).catch(warn);
  return command && runOne(api, command);
}

/** Whether this visitor is not to be asked now, once it is known who they are. */
export async function isHeld(page: Page, wanted?: boolean): Promise<boolean> {
  run(page.api);
  return !wanted && (await isHeldBack(page));
}

/** Runs a command for each survey of the page; gives each one's result by its id, and for `on` the way to stop listening. */
async function runOne(api: Vidhuk, command: Command): Promise<unknown> {
  const [name, about, listener] = Array.from(command) as Command;
  if (name === "on") {
    const heard = (event: Event) => (listener as (detail: unknown) => void)((event as CustomEvent).detail);
    document.addEventListener(`vidhuk:${about}`, heard);
    return () => document.removeEventListener(`vidhuk:${about}`, heard);
  }
  const results: Record<string, unknown> = {};
  // Surveys have ids that nothing else has: a command that names one is for that one.
  for (const [id, page] of Object.entries(api.pages))
    if (about === id || !/^srv_/.test(about as string)) results[id] = await actions[name]?.(page, about as never);
  return results;
}

/** The token, where it can be one; whether it is good the collector decides. */
const tokenIn = (token: unknown) =>
  typeof token === "string" && token.length <= limits.identityTokenCharacters ? token : undefined;

/** What the collector takes: a page's odd value must not cost a score. */
function flat(properties: unknown): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(properties ?? {})
      .map(([name, value]): [string, unknown] => [
        firstCharacters(name.trim(), limits.propertyNameCharacters),
        typeof value === "string" ? firstCharacters(value, limits.propertyValueCharacters) : value,
      ])
      .filter(([name, value]) => name && name !== "__proto__" && (value === null || /^(st|nu|bo)/.test(typeof value)))
      .slice(0, limits.properties),
  );
}
