/**
 * The only storage. One localStorage key per survey host: days as whole numbers since 1970, no identifier, and the
 * answers still on their way. One sessionStorage key names the response that this tab is in the middle of.
 */
import type { ResponseBody } from "../shared/schema/response.ts";

/** What a device remembers of one survey. */
export type Traces = {
  asked?: number;
  answered?: number;
  dismissed?: number;
  first_visit?: number;
  /** The sample's verdict: in until that day, or, when negative, out until it. */
  drawn?: number;
  /** The collector held back this identified visitor on that day. */
  held?: number;
};

/** One response on its way: `sent` is the revision the collector confirmed, `step` is there until the end. */
export type Unsent = { body: ResponseBody; at: number; sent?: number; step?: number; reminted?: true };

export type Kept = { surveys?: Record<string, Traces>; outbox?: Record<string, Unsent> };

export type Memory = {
  read(): Kept;
  change(edit: (kept: Kept) => void): void;
  /** False: clears all and keeps nothing but for the page's life. */
  allow(consent: boolean): void;
  /** The response this tab is in the middle of; with an argument, sets it. */
  tab(response?: string): string | null;
  clear(): void;
};

export function openMemory(key: string): Memory {
  let page: Kept = {};
  let here: string | null = null;
  let kept = true;
  const clear = () => {
    page = {};
    here = null;
    try {
      localStorage.removeItem(key);
      sessionStorage.removeItem(key);
    } catch {}
  };
  return {
    clear,
    read() {
      if (kept)
        try {
          return Object(JSON.parse(localStorage.getItem(key) || "{}"));
        } catch {
          // Blocked, or not ours: the page's own copy serves.
        }
      return page;
    },
    change(edit) {
      page = this.read();
      edit(page);
      if (kept)
        try {
          localStorage.setItem(key, JSON.stringify(page));
        } catch {
          kept = false;
        }
    },
    allow(consent) {
      if (!consent) clear();
      kept = consent;
    },
    tab(response) {
      if (response != null) {
        here = response;
        if (kept)
          try {
            sessionStorage.setItem(key, response);
          } catch {}
      } else if (!here && kept)
        try {
          here = sessionStorage.getItem(key);
        } catch {}
      return here;
    },
  };
}
