/** What the loader hands to the survey, and the survey to the slow path of the outbox. */
import type { ResponseBody } from "../shared/schema/response.ts";
import type { WidgetConfig } from "../shared/schema/survey.ts";
import type { Memory, Traces } from "./memory.ts";

/** What a page says of its visitor. */
export type Person = {
  id?: unknown;
  token?: string | undefined;
  properties?: Record<string, unknown> | undefined;
};

export type Asking = {
  config: WidgetConfig;
  /** The collector's origin. */
  host: string;
  memory: Memory;
  /** Where the page wants the survey inline; without it, a popover. */
  target?: Element | null | undefined;
  /** Opened by a command, not by the trigger. */
  wanted: boolean;
  /** Never counted: the owner is trying the survey. */
  test: boolean;
  /** Read at each send, for a page may identify its visitor late. */
  person(): Person;
  /** Keeps it on the device; what is no act of the visitor's only where the owner lets it. */
  note(traces: Traces, act?: boolean): unknown;
  emit(event: string, detail: unknown): void;
  closed(): void;
  /** The response of this conversation, from its first answer on. */
  body?: ResponseBody;
};
