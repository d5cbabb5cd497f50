/** Where the code of each view is that the browser fetches when the view is first wanted: all but the two that come first. */
import type { FunctionComponent } from "preact";
import type { Survey } from "../../shared/schema/survey.ts";
import type { PageName, Params, PartName, RouteName } from "../address/routes.ts";
import type { StringTable } from "../i18n/load-strings.ts";

type Fetch<Props> = () => Promise<FunctionComponent<Props>>;

export const lazyPages: Record<Exclude<PageName, "surveys">, Fetch<{ params: Params }>> = {
  combined: async () => (await import("./combined/combined.tsx")).CombinedSurveys,
  firstRun: async () => (await import("./first-run/first-run.tsx")).FirstRun,
  fromFile: async () => (await import("./from-file/from-file.tsx")).SurveyFromFile,
  person: async () => (await import("./person/person.tsx")).PersonView,
  status: async () => (await import("./status/status.tsx")).StatusView,
  log: async () => (await import("./log/log.tsx")).Log,
};

export const lazyParts: Record<Exclude<PartName, "overview">, Fetch<{ survey: Survey; params: Params }>> = {
  comments: async () => (await import("./comments/comments.tsx")).Comments,
  import: async () => (await import("./import/import.tsx")).Import,
  settings: async () => (await import("./settings/settings.tsx")).Settings,
};

/** The views whose texts have tables of their own. The log names settings as the page of settings does. */
export const viewStrings: Partial<Record<RouteName, readonly StringTable[]>> = {
  comments: ["comments"],
  firstRun: ["firstRun"],
  log: ["log", "settings"],
  fromFile: ["import"],
  import: ["import"],
  settings: ["settings"],
};

/** Fetches the code of a view before it is wanted. A failure is for the view to tell, once it is wanted. */
export function prefetchView(name: RouteName): void {
  const views: Partial<Record<RouteName, () => Promise<unknown>>> = { ...lazyPages, ...lazyParts };
  views[name]?.().catch(() => {});
}
