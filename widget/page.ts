/** What the artefacts hand each other: types only. */
import type { ResponseBody } from "../shared/schema/response.ts";
import type { WidgetConfig } from "../shared/schema/survey.ts";
import type { Verdict } from "./asking/eligibility.ts";
import type { Kept, Memory } from "./memory.ts";

export type Command = [name: string, about?: unknown, rest?: unknown];

/** What a page says of its visitor. */
export type Person = {
  id?: unknown;
  token?: string | undefined;
  properties?: Record<string, unknown> | undefined;
};

/** `window.vidhuk`: one global name for all surveys of a page, and what they share. */
export type Vidhuk = {
  (...command: Command): unknown;
  /** What the page's stub gathered before the script came, and nobody has needed yet. A loader of before has none. */
  q?: Command[];
  pages: Record<string, Page>;
  /** The survey that is open, or about to be: one at a time. */
  open?: string | undefined;
  person?: Person | undefined;
  /** Nothing may be kept on the device, or nothing can be. */
  forgetful?: boolean;
  /** What would be on the device, for the page's life. */
  kept: Kept;
};

/** Where a survey stands on its page, for `vidhuk("why")`. */
export type Standing = Verdict | "waiting" | "open" | "another_open" | "failed";

/** One survey on one page. */
export type Page = {
  config: WidgetConfig;
  script: HTMLScriptElement;
  /** The collector's origin. */
  host: string;
  /** The name under which all is kept on the device. */
  key: string;
  api: Vidhuk;
  memory: Memory;
  standing: Standing;
  /** Ends all that listens on the page for this survey. */
  life: AbortController;
  load<Artefact>(name: string): Promise<Artefact>;
  /** Whether to ask at this moment; keeps it as the standing. Who wants it is refused by the owner alone. */
  judge(wanted?: boolean): Promise<Verdict>;
  /** Judges, and waits for the trigger where the verdict is to show. */
  consider(): Promise<void>;
  /** Judges again, then loads the survey and opens it; `wanted`: by a command, which only an owner's pause can refuse. */
  ask(wanted?: boolean): Promise<void>;
  close?: ((byVisitor?: true) => void) | undefined;
  /** The response of this conversation, from its first answer on. */
  body?: ResponseBody | undefined;
  /** Where a conversation goes on that was left in the middle. */
  step?: number | undefined;
};
