/** Whether to ask, and if not, why not. Pure: time, chance and the visit are arguments. */

import { covers } from "../../shared/pages/url-pattern.ts";
import type { WidgetConfig } from "../../shared/schema/survey.ts";
import type { Device } from "../../shared/vocabulary.ts";
import { surveyDefaults } from "../../shared/vocabulary.ts";
import type { RecentContact, SurveyState, Verdict } from "../page.ts";

type Refusal = Exclude<Verdict, "show">;

export type Visit = {
  today: number;
  /** The page's address without query and fragment. */
  page: string;
  device: Device;
  /** What the visitor reads, best first. */
  languages: readonly string[];
};

/** Which part of the sample the visitor belongs to, and since when they have been coming; kept on the device. */
export type Sampling = Required<Pick<SurveyState, "drawn" | "first_visit">>;

/** The calendar day as a whole number since 1970, in UTC. */
export const dayOf = (now: number) => Math.floor(now / 864e5);

/** The refusal that most page views meet. `today` in days since 1970; the time of day makes no difference. */
export function recentContact(
  { throttle }: WidgetConfig,
  state: SurveyState,
  today: number,
): RecentContact | undefined {
  const {
    after_answer_days = surveyDefaults.throttle.after_answer_days,
    after_dismissal_days = surveyDefaults.throttle.after_dismissal_days,
  } = throttle ?? {};
  const within = { answered: after_answer_days, dismissed: after_dismissal_days, asked: after_dismissal_days };
  let contact: keyof typeof within;
  for (contact in within) if (today - state[contact]! < within[contact]) return `${contact}_recently`;
}

/** What even an own button obeys: the owner has taken the survey down, for now or for good. `now` in ms since 1970. */
export function refusalByOwner({ paused, starts_at, ends_at }: WidgetConfig, now: number): Refusal | undefined {
  if (paused) return "paused";
  return now < Date.parse(starts_at!) ? "not_started" : now >= Date.parse(ends_at!) ? "ended" : undefined;
}

/** The verdict where neither the owner nor an earlier contact has refused. */
export function judgeVisit({ targeting }: WidgetConfig, { drawn, first_visit }: Sampling, visit: Visit): Verdict {
  const {
    devices,
    languages,
    first_visit_delay_days = surveyDefaults.targeting.first_visit_delay_days,
  } = targeting ?? {};
  if (!isFor(targeting, visit.page)) return "page_not_targeted";
  if (devices && !devices.includes(visit.device)) return "device_not_targeted";
  if (languages && !languages.some((each) => reads(visit.languages, each))) return "language_not_targeted";
  if (visit.today - first_visit < first_visit_delay_days) return "first_visit";
  return drawn > 0 ? "show" : "not_sampled";
}

/** The visitor's sampling: as the device keeps it, or new. `chance` is from 0 to 1. */
export function sampleVisitor(
  { sample = surveyDefaults.sample, throttle }: WidgetConfig,
  state: SurveyState,
  today: number,
  chance: number,
): Sampling {
  const { first_visit = today, drawn = 0 } = state;
  const until = today + (throttle?.after_answer_days || surveyDefaults.throttle.after_answer_days);
  // Kept as long as an answer would be: sampling at each page view would in the end catch everyone.
  return { first_visit, drawn: Math.abs(drawn) > today ? drawn : chance < sample ? until : -until };
}

/** Whether the survey is for a page of this address. The Worker leaves out lists that are empty. */
export function isFor(targeting: WidgetConfig["targeting"], page: string): boolean {
  const { include, exclude } = targeting ?? {};
  const on = (glob: string) => covers(glob, page);
  return (!include || include.some(on)) && !exclude?.some(on);
}

/** "uk" is read by who reads "uk-UA"; "pt-BR" is not by who reads "pt". */
function reads(wanted: readonly string[], language: string): boolean {
  return wanted.some((locale) => RegExp(`^${language}(-|$)`, "i").test(locale));
}
