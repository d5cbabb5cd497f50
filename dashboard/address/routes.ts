/**
 * The grammar of addresses: each view with the form of its address, the scope that its key needs, and what its first drawing
 * asks the collector for. A new view is an entry here and a line in views/lazy-views.ts, which does not compile without it.
 * All of an address stands after the `#`, so that a view can be sent to a colleague while the names and words that were
 * searched for stay out of every server's log.
 */
import type { Scope } from "../../shared/vocabulary.ts";
import { commentsPath, figuresPath, responsePath, statusPath, surveyListPath, surveyPath } from "../data/api-paths.ts";
import { spanOf } from "./period.ts";

export type Address = { path: string[]; query: URLSearchParams };
export type Params = Record<string, string | undefined>;

type Route = {
  /** The parts of the path: `:name` stands for any text, and a part that ends with `?` may be left out. */
  pattern: `/${string}`;
  scope: Scope;
  /** Whether the view is a part of one survey, shown under the survey's name with links to the other parts. */
  isPartOfSurvey?: true;
  /** The paths that the first drawing asks for, as far as the address alone tells. */
  prefetch?: (params: Params, query: URLSearchParams) => string[];
};

const surveyOnly = ({ survey }: Params) => (survey === undefined ? [] : [surveyPath(survey)]);

export const routes = {
  surveys: { pattern: "/", scope: "metrics", prefetch: () => [surveyListPath] },
  overview: {
    pattern: "/s/:survey/overview?",
    scope: "metrics",
    isPartOfSurvey: true,
    prefetch({ survey = "" }, query) {
      const span = spanOf(query, new Date().toISOString().slice(0, 10));
      // Which days the other periods mean depends on the survey's time zone.
      const isKnown = span.period === "90d" || span.period === "custom";
      return isKnown ? [surveyPath(survey), figuresPath(survey, query, span)] : [surveyPath(survey)];
    },
  },
  comments: {
    /** With a response's id: that one alone. */
    pattern: "/s/:survey/comments/:response?",
    scope: "comments",
    isPartOfSurvey: true,
    prefetch({ survey = "", response }, query) {
      if (response !== undefined) return [surveyPath(survey), responsePath(survey, response)];
      return query.size === 0 ? [surveyPath(survey), commentsPath(survey, query)] : [surveyPath(survey)];
    },
  },
  import: { pattern: "/s/:survey/import", scope: "write", isPartOfSurvey: true, prefetch: surveyOnly },
  settings: { pattern: "/s/:survey/settings/:section?", scope: "admin", isPartOfSurvey: true, prefetch: surveyOnly },
  combined: { pattern: "/together", scope: "metrics" },
  firstRun: { pattern: "/new/:survey?/:step?", scope: "admin", prefetch: surveyOnly },
  /** With a survey: the one that was begun, to go on with. */
  fromFile: { pattern: "/from-file/:survey?", scope: "admin" },
  person: { pattern: "/person/:person?", scope: "admin" },
  log: { pattern: "/log", scope: "admin" },
  status: { pattern: "/status", scope: "admin", prefetch: () => [statusPath] },
} as const satisfies Record<string, Route>;

export type RouteName = keyof typeof routes;
/** The views that are a part of one survey. */
export type PartName = {
  [Name in RouteName]: (typeof routes)[Name] extends { isPartOfSurvey: true } ? Name : never;
}[RouteName];
/** All others: a page each. */
export type PageName = Exclude<RouteName, PartName>;

type Part<Text> = Text extends `:${infer Name}?`
  ? { [Each in Name]?: string }
  : Text extends `:${infer Name}`
    ? { [Each in Name]: string }
    : object;
type ParamsIn<Pattern> = Pattern extends `/${infer First}/${infer Rest}`
  ? Part<First> & ParamsIn<`/${Rest}`>
  : Pattern extends `/${infer Last}`
    ? Part<Last>
    : object;

/** What the address of a view must and may name. */
export type ParamsOf<Name extends RouteName> = ParamsIn<(typeof routes)[Name]["pattern"]>;

export function isPart(name: RouteName): name is PartName {
  return "isPartOfSurvey" in routes[name];
}

/** The paths that the first drawing at `address` asks the collector for, as far as the address alone tells. */
export function prefetchedPaths({ path, query }: Address): string[] {
  const match = matchRoute(path);
  if (!match) return [];
  const { prefetch }: Route = routes[match.name];
  return prefetch?.(match.params, query) ?? [];
}

/** The view that a path leads to and what the path names; null where it leads nowhere. */
export function matchRoute(path: readonly string[]): { name: RouteName; params: Params } | null {
  for (const name of Object.keys(routes) as RouteName[]) {
    const params = paramsOf(routes[name].pattern, path);
    if (params) return { name, params };
  }
  return null;
}

/** The address of a view. */
export function hrefTo<Name extends RouteName>(
  name: Name,
  params: ParamsOf<Name>,
  query?: URLSearchParams | Record<string, string>,
): string {
  const values = new Map<string, string | undefined>(Object.entries(params));
  const path = partsOf(routes[name].pattern).flatMap(({ name = "", literal, isOptional }) =>
    literal === undefined ? (values.get(name) ?? []) : isOptional ? [] : literal,
  );
  return writeAddress({ path, query: new URLSearchParams(query) });
}

/** `hash`: the address from the `#` on. */
export function parseAddress(hash: string): Address {
  const [path = "", query = ""] = hash.replace(/^#/, "").split("?");
  return { path: path.split("/").filter(Boolean).map(decoded), query: new URLSearchParams(query) };
}

export function writeAddress({ path, query }: Address): string {
  const text = query.toString();
  return `#/${path.map(encodeURIComponent).join("/")}${text && `?${text}`}`;
}

/** What `path` names if it has the form of `pattern`, else null. */
function paramsOf(pattern: string, path: readonly string[]): Params | null {
  const parts = partsOf(pattern);
  if (path.length > parts.length) return null;
  const params: Params = {};
  for (const [index, { name, literal, isOptional }] of parts.entries()) {
    const text = path[index];
    if (text === undefined ? !isOptional : literal !== undefined && text !== literal) return null;
    if (name) params[name] = text;
  }
  return params;
}

function partsOf(pattern: string): { name?: string; literal?: string; isOptional: boolean }[] {
  const parts = pattern.split("/").filter(Boolean);
  return parts.map((part) => {
    const text = part.replace(/\?$/, "");
    return { ...(text.startsWith(":") ? { name: text.slice(1) } : { literal: text }), isOptional: text !== part };
  });
}

/** A part that no browser wrote may hold a lone `%`; it is then taken as it stands. */
function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
