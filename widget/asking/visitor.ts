/** What is known of the visitor: when any survey of this collector met them, and what the page says of them. */
import { listStates } from "../memory.ts";
import type { Page, Person, Verdict } from "../page.ts";
import { dayOf, recentContact } from "./eligibility.ts";
import { judgeVisitNow } from "./targeting.ts";

/** The verdict of this moment, as `judgeVisitNow`; a visitor whom it would ask is judged by what is known of them too. */
export function judgeVisitorNow(page: Page): Verdict {
  const verdict = judgeVisitNow(page);
  return verdict === "show" ? judgeVisitor(page, dayOf(Date.now())) : verdict;
}

/** `today` in days since 1970. */
function judgeVisitor(page: Page, today: number): Verdict {
  const { config, script, api } = page;
  const days = config.throttle?.any_survey_days ?? 0;
  const sameDays = { id: "", throttle: { after_answer_days: days, after_dismissal_days: days } };
  if (listStates(page).some((state) => recentContact(sameDays, state, today))) return "asked_elsewhere";
  // Commands wait in the queue until somebody is asked: the last that names the visitor counts.
  let { person } = api;
  for (const [name, about] of api.q ?? []) if (name === "identify") person = about as Person;
  // The order of tag-properties.ts, which makes the whole list for a response.
  const told = (name: string) => script.getAttribute(`data-p-${name}`) ?? config.properties?.[name];
  const wanted = Object.entries(config.targeting?.properties ?? {});
  return wanted.every(([name, values]) => values.includes(`${{ [name]: told(name), ...person?.properties }[name]}`))
    ? "show"
    : "property_not_targeted";
}
