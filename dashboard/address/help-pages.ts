/** Which page of the documents explains a view. The documents are served beside the dashboard. Pure. */
import type { Section } from "../views/settings/settings.tsx";
import type { Address, RouteName } from "./routes.ts";
import { matchRoute } from "./routes.ts";

/** A document, and the heading in it. */
type Page = string;

const pages: Record<Exclude<RouteName, "settings">, Page> = {
  surveys: "dashboard#all-surveys",
  overview: "dashboard#the-overview",
  comments: "dashboard#comments",
  import: "dashboard#answers-from-a-file",
  combined: "dashboard#several-surveys-together",
  firstRun: "dashboard#a-new-survey",
  fromFile: "dashboard#a-survey-as-one-file",
  person: "dashboard#one-person",
  log: "dashboard#the-log",
  status: "dashboard#the-state-of-the-collector",
};

const sections: Record<Section, Page> = {
  questions: "dashboard#settings",
  texts: "dashboard#texts",
  look: "widget#its-look",
  audience: "widget#when-it-asks",
  figures: "dashboard#segments-topics-and-targets",
  sharing: "widget#the-tag",
  invitations: "emailed-links",
  hooks: "hooks",
  webhooks: "webhooks",
  keys: "dashboard#keys-and-colleagues",
  privacy: "privacy",
};

export const signInHelp: Page = "dashboard#signing-in";

/** The address of the page that explains the view at `path`. */
export function helpFor({ path }: Pick<Address, "path">): string {
  return hrefOfHelp(pageFor(path));
}

export function hrefOfHelp(page: Page): string {
  return `/docs/${page}`;
}

function pageFor(path: readonly string[]): Page {
  const match = matchRoute(path);
  if (!match) return "dashboard";
  if (match.name !== "settings") return pages[match.name];
  const { section = "" } = match.params;
  return Object.hasOwn(sections, section) ? sections[section as Section] : sections.questions;
}

/** All that the dashboard leads to, for the test that each is there. */
export const helpPages: readonly Page[] = [...Object.values(pages), ...Object.values(sections), signInHelp];
