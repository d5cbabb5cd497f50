/** What the artefacts hand each other: types only. */
import type { ResponseBody } from "../shared/schema/response.ts";
import type { WidgetConfig } from "../shared/schema/survey.ts";

/** The visitor was in contact with the survey a short time ago. */
export type RecentContact = "answered_recently" | "dismissed_recently" | "asked_recently";

/** Whether to ask, and if not, why not. */
export type Verdict =
  | "show"
  | "paused"
  | "not_started"
  | "ended"
  | "page_not_targeted"
  | "device_not_targeted"
  | "language_not_targeted"
  | RecentContact
  | "asked_elsewhere"
  | "property_not_targeted"
  | "held_back"
  | "first_visit"
  | "not_sampled";

/** What a device remembers of one survey; each is a day, as a whole number since 1970. */
export type SurveyState = {
  asked?: number;
  answered?: number;
  dismissed?: number;
  first_visit?: number;
  /** Until that day the visitor is in the sample or, when negative, out of it. */
  drawn?: number;
  /** The day on which the collector held back this identified visitor. */
  held?: number;
};

/** One response on its way to the collector. */
export type PendingResponse = {
  body: ResponseBody;
  /** When the last answer was given, by the device's clock. */
  at: number;
  /** The revision that the collector confirmed. */
  sent?: number | undefined;
  /** Where the conversation is; absent once it is over. */
  step?: number | undefined;
  /** The visitor closed the challenge that stood before this answer: none is shown to them again. */
  declined?: true;
};

/** What stands under the surveys' key; `outbox` is of builds that kept the pending responses there. */
export type StoredState = { surveys?: Record<string, SurveyState>; outbox?: unknown };

/** One survey's view of the device. */
export type Memory = {
  state(): SurveyState;
  /** Adds to the state. What is no act of the visitor's is kept only where the owner allows it. */
  set(changes: SurveyState, byVisitor?: true): void;
  /** Whether answers wait on the device, or words that were typed and not sent. */
  waits(): unknown;
};

export type Command = [name: string, about?: unknown, rest?: unknown];

/** What a page says of its visitor. */
export type Person = {
  id?: string;
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
  /** The visitor has denied consent: nothing may be kept on the device. */
  forgetful?: boolean;
  /** The stored state as this page knows it, for where nothing can be stored. */
  kept: StoredState;
  /** Responses on their way that could not be kept on the device. */
  pending?: Record<string, PendingResponse>;
};

/** Where a survey stands on its page, for `vidhuk("why")`. */
export type Status = Verdict | "waiting" | "open" | "another_open" | "failed";

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
  status: Status;
  /** Ends all that listens on the page for this survey. */
  stop: AbortController;
  load<Artefact>(name: string): Promise<Artefact>;
  /** Whether to ask at this moment; keeps it as the status. Who wants it is refused by the owner alone. */
  judge(wanted?: boolean): Verdict;
  /** Judges, and waits for the trigger where the verdict is to show. */
  consider(): void;
  /** Judges again, then loads the survey and opens it; `wanted`: by a command, which only an owner's pause can refuse. */
  ask(wanted?: boolean): Promise<void>;
  close?: ((byVisitor?: true) => void) | undefined;
  /** Closes an open survey at an address that it is not meant for. The loader calls it once a second. */
  leave?: (() => unknown) | undefined;
  /** The response of this conversation, from its first answer on. */
  body?: ResponseBody | undefined;
  /** The same as it is kept on the device. */
  pending?: PendingResponse | undefined;
  /** Where a conversation goes on that was left in the middle. */
  step?: number | undefined;
};
