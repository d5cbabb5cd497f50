/**
 * The only storage. One localStorage key per survey host: days as whole numbers since 1970, no identifier, and the
 * answers still on their way. One sessionStorage key names the response that this tab is in the middle of.
 */
import type { ResponseBody } from "../shared/schema/response.ts";
import type { WidgetConfig } from "../shared/schema/survey.ts";
import type { Vidhuk } from "./page.ts";

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
export type Unsent = {
  body: ResponseBody;
  at: number;
  sent?: number;
  step?: number;
  reminted?: true;
  /** The visitor closed the challenge that stood before this answer: none is shown to them again. */
  declined?: true;
};

export type Kept = { surveys?: Record<string, Traces>; outbox?: Record<string, Unsent> };

export type Memory = {
  recall(): Kept;
  traces(): Traces;
  keep(edit: (kept: Kept) => void): void;
  /** What is no act of the visitor's is kept only where the owner lets it. */
  note(traces: Traces, act?: true): void;
};

export function openMemory(key: string, api: Vidhuk, { id, storage }: WidgetConfig): Memory {
  const memory: Memory = {
    recall() {
      try {
        if (!api.forgetful) return Object(JSON.parse(localStorage[key] || "{}"));
      } catch {
        // Blocked, or not ours: the page's own copy serves.
      }
      return api.kept;
    },
    traces: () => memory.recall().surveys?.[id] ?? {},
    keep(edit) {
      api.kept = memory.recall();
      edit(api.kept);
      try {
        if (!api.forgetful) localStorage[key] = JSON.stringify(api.kept);
      } catch {
        api.forgetful = true;
      }
    },
    note(traces, act) {
      if (act || storage !== "after_act")
        memory.keep((kept) => {
          kept.surveys = { ...kept.surveys, [id]: { ...kept.surveys?.[id], ...traces } };
        });
    },
  };
  return memory;
}

/** Leaves nothing of us on the device. */
export function forget(key: string, api: Vidhuk): void {
  api.kept = {};
  try {
    delete localStorage[key];
    delete sessionStorage[key];
  } catch {}
}

/** The response this tab is in the middle of; with an argument, sets it. */
export function tabResponse(key: string, api: Vidhuk, id?: string): string {
  try {
    if (id != null && !api.forgetful) sessionStorage[key] = id;
    return sessionStorage[key] || "";
  } catch {
    return "";
  }
}
