/**
 * For pages that carry the snippet of Delighted: what `GET /w/:survey/delighted.js` answers in the place of Delighted's library. It
 * runs the calls that the snippet has queued, and starts the loader at the first `delighted.survey()`, before which Delighted
 * asked nobody. What a call says counts more than the survey's settings, and the next call begins from the settings again.
 *
 * The Worker puts `VIDHUK` (the settings), `NAME` (the snippet's global name) and `START` (the loader) in front of this file.
 */
import { languages } from "../shared/languages.ts";
import { surveyDefaults } from "../shared/vocabulary.ts";
import { warn } from "./listen.ts";
import type { Command, Vidhuk } from "./page.ts";

/** The options of `delighted.survey()`. Times are in seconds, and a page may have put anything in their place. */
type Call = {
  email?: string;
  name?: string;
  createdAt?: string | number | Date;
  properties?: Record<string, unknown>;
  initialDelay?: number;
  /** `null` or false: never again. */
  recurringPeriod?: number | null | false;
  minTimeOnPage?: number;
  sampleFactor?: number;
  forceDisplay?: boolean;
  onShow?: () => void;
  onHide?: () => void;
  onRespond?: () => void;
  onComment?: () => void;
};

const DAY_SECONDS = 86_400;
/** "Never again", in days: a century. */
const NEVER = 36_500;

const { id } = VIDHUK;
/** The settings as they are without any call. */
const { throttle, targeting, sample, brand, languages: offered, trigger: own } = VIDHUK;
/** The loader reads the trigger once, so that later calls change this same object. */
// biome-ignore lint/suspicious/noAssignInExpressions: the settings get it in the same breath.
const trigger = (VIDHUK.trigger = { ...(own ?? surveyDefaults.trigger) }) as { type: string; seconds?: number };
const isTimed = trigger.type === "delay" || trigger.type === "manual";
const usualSeconds = trigger.seconds ?? 0;

let last: Call = {};
let responded = false;

function survey(call?: Call): void {
  const said: Call = Object(call);
  last = said;
  responded = false;
  const { locale, questionProductName, ...properties }: Record<string, unknown> = Object(said.properties);
  const language = `${locale}`.toLowerCase().split("-")[0];
  const spoken = (offered ?? languages).filter((each) => each === language);
  const again = amount(said.recurringPeriod);
  const days =
    said.recurringPeriod === null || said.recurringPeriod === false ? NEVER : Math.ceil(again! / DAY_SECONDS);
  const delay = amount(said.initialDelay) ?? (targeting?.first_visit_delay_days ?? 0) * DAY_SECONDS;
  const created = said.createdAt == null ? Number.NaN : new Date(said.createdAt).getTime();
  const factor = amount(said.sampleFactor);
  const first_visit_delay_days = created >= 0 ? 0 : Math.round(delay / DAY_SECONDS);
  Object.assign(VIDHUK, {
    throttle: days >= 0 ? { ...throttle, after_answer_days: days, after_dismissal_days: days } : throttle,
    targeting: { ...targeting, first_visit_delay_days },
    sample: factor ?? sample,
    brand: typeof questionProductName === "string" ? questionProductName : brand,
    languages: spoken[0] ? spoken : offered,
  });
  if (said.email || said.name || said.properties)
    tell("identify", { id: said.email, properties: said.name ? { name: said.name, ...properties } : properties });
  const { forceDisplay } = said;
  const wait = forceDisplay ? 0 : amount(said.minTimeOnPage);
  if (isTimed) Object.assign(trigger, { type: "delay", seconds: wait ?? usualSeconds });
  // Whoever has been a customer for too short a time is not asked on this page view.
  if (!forceDisplay && Date.now() < created + delay * 1000) return;
  if (isTimed || !wait) begin(forceDisplay);
  else setTimeout(begin, wait * 1000);
}

function begin(force?: boolean): void {
  const page = (window.vidhuk as Partial<Vidhuk> | undefined)?.pages?.[id];
  if (page) page.consider();
  else START();
  if (force) tell("show", id);
}

/** A command to the widget, or to the queue from which the widget takes it. */
function tell(...command: Command): void {
  const stub = Object.assign((...each: Command) => stub.q.push(each), { q: [] as Command[] });
  window.vidhuk ??= stub;
  (window.vidhuk as typeof stub)(...command);
}

/** A number from 0 up, also as a text; undefined for anything else. */
function amount(value: unknown): number | undefined {
  const number = Number(value ?? Number.NaN);
  return value !== false && number >= 0 && number < Number.POSITIVE_INFINITY ? number : undefined;
}

/** A page's callback must not break the survey. */
function safely<Argument>(act: ((argument: Argument) => unknown) | undefined, argument: Argument): void {
  try {
    act?.(argument);
  } catch (error) {
    warn(error);
  }
}

type Told = { survey: string; comment?: string };
const heard: Record<string, (told: Told) => void> = {
  shown: () => safely(last.onShow, undefined),
  closed: () => safely(last.onHide, undefined),
  answered({ comment }) {
    if (!responded) safely(last.onRespond, undefined);
    responded = true;
    if (comment) safely(last.onComment, undefined);
  },
};
for (const [name, act] of Object.entries(heard))
  document.addEventListener(`vidhuk:${name}`, (event) => {
    const { detail } = event as CustomEvent<Told>;
    if (detail.survey === id) act(detail);
  });

const page = window as unknown as Record<string, unknown>;
const found = Object(page[NAME]) as { survey?: unknown; reset?: unknown };
page[NAME] = found;
// A copy: the snippet's other methods go on to put their calls into the queue, and nobody needs them.
const queue: unknown[] = Array.isArray(found) ? found.splice(0) : [];
found.survey = (call?: Call) => safely(survey, call);
found.reset = () => tell("reset");
for (const each of queue) {
  const [name, [call] = []] = Object(each) as [string?, [Call?]?];
  if (name === "survey") safely(survey, call);
  if (name === "reset") tell("reset");
}
