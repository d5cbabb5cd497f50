/** `window.vidhuk`: one global name for all surveys of a page, with the commands that came before the script. */
import { warn } from "./listen.ts";

export type Command = [name: string, about?: unknown, rest?: unknown];

/** What one survey does at a command. */
export type Run = (...command: Command) => unknown;

export type Vidhuk = {
  (...command: Command): unknown;
  /** Every command so far, for surveys whose script comes later; the page's stub begins it. */
  q: Command[];
  runs: Record<string, Run>;
  /** The survey that is open: one at a time. */
  open?: string | undefined;
};

/** The page's `vidhuk`; made, with what the stub has gathered, by the first survey to come. */
export function pageApi(): Vidhuk {
  const found = window.vidhuk as Vidhuk | undefined;
  if (found?.runs) return found;
  const api: Vidhuk = (...command) => {
    const [name, about, listener] = command as [string, string, (detail: unknown) => void];
    if (name === "on") {
      const heard = (event: Event) => listener((event as CustomEvent).detail);
      document.addEventListener(`vidhuk:${about}`, heard);
      return () => document.removeEventListener(`vidhuk:${about}`, heard);
    }
    api.q.push(command);
    return Object.fromEntries(Object.keys(api.runs).map((id) => [id, api.runs[id]!(...command)]));
  };
  api.q = [];
  api.runs = {};
  if (found && !found.q) warn("window.vidhuk is taken");
  else {
    window.vidhuk = api;
    for (const command of found?.q ?? []) api(...(Array.from(command) as Command));
  }
  return api;
}
