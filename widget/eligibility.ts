/** Whether to ask, and if not, why not. Pure: time, luck and the visit are arguments. */
import type { WidgetConfig } from "../shared/schema/survey.ts";
import type { Traces } from "./memory.ts";

export type Device = "phone" | "tablet" | "desktop";

export type Visit = {
  /** ms since 1970. */
  now: number;
  /** 0 ≤ luck < 1, drawn once per page view. */
  luck: number;
  /** The page's address without query and fragment. */
  page: string;
  device: Device;
  /** What the visitor reads, best first. */
  languages: readonly string[];
};

export type Verdict =
  | "show"
  | "paused"
  | "not_started"
  | "ended"
  | "page_not_included"
  | "page_excluded"
  | "device_not_targeted"
  | "language_not_targeted"
  | "answered_recently"
  | "dismissed_recently"
  | "asked_recently"
  | "first_visit"
  | "not_sampled"
  | "held_back";

/** The calendar day as a whole number since 1970, by the device's UTC. */
export const dayOf = (now: number) => Math.floor(now / 864e5);

/** What even an own button obeys: the owner has taken the survey down, for now or for good. */
export function judgeOpening(config: WidgetConfig, now: number): Verdict {
  return config.paused
    ? "paused"
    : now < Date.parse(config.starts_at!)
      ? "not_started"
      : now >= Date.parse(config.ends_at!)
        ? "ended"
        : "show";
}

export function judge(config: WidgetConfig, traces: Traces, visit: Visit): Verdict {
  const { include, exclude, devices, languages, first_visit_delay_days } = config.targeting ?? {};
  const { after_answer_days = 90, after_dismissal_days = 30 } = config.throttle ?? {};
  const today = dayOf(visit.now);
  const on = (glob: string) => covers(glob, visit.page);
  const within = (day: number | undefined, days: number) => today - day! < days;

  const opening = judgeOpening(config, visit.now);
  if (opening !== "show") return opening;
  if (include?.[0] && !include.some(on)) return "page_not_included";
  if (exclude?.some(on)) return "page_excluded";
  if (devices?.[0] && !devices.includes(visit.device)) return "device_not_targeted";
  if (languages?.[0] && !languages.some((each) => reads(visit.languages, each))) return "language_not_targeted";
  if (within(traces.answered, after_answer_days)) return "answered_recently";
  if (within(traces.dismissed, after_dismissal_days)) return "dismissed_recently";
  if (within(traces.asked, after_dismissal_days)) return "asked_recently";
  if (traces.held === today) return "held_back";
  if (within(traces.first_visit ?? today, first_visit_delay_days ?? 0)) return "first_visit";
  const drawn = traces.drawn ?? 0;
  return (Math.abs(drawn) > today ? drawn > 0 : visit.luck < (config.sample ?? 1)) ? "show" : "not_sampled";
}

/** `*` is any run of characters, all else is itself; a pattern from `/` on is held against the path alone. */
function covers(glob: string, page: string): boolean {
  const pattern = glob.replace(/[^\w*]/g, "\\$&").replace(/\*/g, ".*");
  return RegExp(`^${glob[0] === "/" ? "\\w+://[^/]*" : ""}${pattern}$`, "s").test(page);
}

/** "uk" is read by who reads "uk-UA"; "pt-BR" is not by who reads "pt". */
function reads(wanted: readonly string[], language: string): boolean {
  return wanted.some((locale) => `${locale}-`.toLowerCase().startsWith(`${language}-`.toLowerCase()));
}
