import type { Context } from "hono";
import { Hono } from "hono";
import { isRecord } from "../../shared/is-record.ts";
import { styledScores } from "../../shared/questions.ts";
import type { SurveySettings, WidgetConfig } from "../../shared/schema/survey.ts";
import { surveySettingsSchema } from "../../shared/schema/survey.ts";
import { builtInTexts } from "../../shared/strings/built-in.ts";
import { configOfQuestions } from "../../shared/widget-config.ts";
import { hashText } from "../crypto/hash.ts";
import { findSurvey } from "../db/surveys.ts";
import type { App } from "../env.ts";
import { isolateCache } from "../isolate-cache.ts";
import { Problem } from "../problem.ts";
import { hasEnough } from "../surveys/enough-answers.ts";
import type { TagOptions } from "../surveys/tag-options.ts";
import { tagOptions } from "../surveys/tag-options.ts";

const settingsOfStyle = styledScores.map((name) => `${name}_style` as const);

/** The settings that a visitor's browser gets to know; no other setting leaves the collector. */
const SHOWN = [
  "brand",
  "questions",
  ...settingsOfStyle,
  "languages",
  "texts",
  "paused",
  "starts_at",
  "ends_at",
  "targeting",
  "trigger",
  "sample",
  "throttle",
  "storage",
  "theme",
  "thanks",
  "count_views",
  "turnstile",
  "privacy_url",
  "privacy_tick",
] as const satisfies readonly (keyof WidgetConfig & keyof SurveySettings)[];

/** The end of a survey that is over without a date. */
const LONG_AGO = new Date(0).toISOString();

/** A changed setting reaches every page within five minutes; a page that was open meanwhile is not told. */
const CACHED = "public, max-age=300, stale-while-revalidate=86400";

/**
 * GET /w/:survey.js: the loader with the survey's settings inside; an empty script where there is no survey. The options of the
 * tag may stand in the address: `?lang=uk&target=%23box&test=1&p.plan=pro`.
 *
 * GET /w/:survey/delighted.js: the same for a page with the snippet of Delighted, with what its calls need. Another name than
 * `delighted` is the global name that the snippet uses.
 */
export const widget = new Hono<App>()
  .get("/:survey/:name{[A-Za-z_$][\\w$]*\\.js}", async (c) => {
    const { survey, name } = c.req.param();
    return scriptFor(c, survey, async (config, attributes) => {
      // A call may set a sample or a delay where the settings have none, so this copy of the loader can judge them.
      const loader = await loaderText(c.env.ASSETS, loaderFor({ ...config, targeting: config.targeting ?? {} }));
      const calls = await loaderText(c.env.ASSETS, "delighted.js");
      return `const START=()=>{${withAttributes(loader, attributes)}},NAME=${asSource(name.slice(0, -3))};${calls}`;
    });
  })
  .get("/:file{.+\\.js}", async (c) =>
    scriptFor(c, c.req.param("file").slice(0, -3), async (config, attributes) =>
      withAttributes(await loaderText(c.env.ASSETS, loaderFor(config)), attributes),
    ),
  );

/** The script for the survey, around what `text` makes of its settings and of the attributes in the address. */
async function scriptFor(
  c: Context<App>,
  id: string,
  text: (config: WidgetConfig, attributes: TagOptions["attributes"]) => Promise<string>,
): Promise<Response> {
  const survey = await findSurvey(c.var.store, id);
  const headers = { "Content-Type": "text/javascript; charset=utf-8", "Cache-Control": CACHED };
  if (!survey) return c.body("", 200, headers);
  const options = tagOptions(new URL(c.req.url).searchParams, survey.settings);
  const config = withOptions(widgetConfig(survey.id, survey.settings), options);
  if (await hasEnough(c.var.store, survey)) config.ends_at = LONG_AGO;
  const script = `(()=>{const VIDHUK=${asSource(config)};${await text(config, options.attributes)}})()`;
  const tag = `"${(await hashText(script)).slice(0, 22)}"`;
  if (c.req.header("If-None-Match")?.includes(tag)) return c.body(null, 304, { ...headers, ETag: tag });
  return c.body(script, 200, { ...headers, ETag: tag });
}

/**
 * GET /widget/:file: a file of an earlier deployment, for a page that loaded its loader before the last one. It gets the current
 * file, so that no page loses its survey by a deployment. The reply is not cached under the old name.
 */
export const earlierWidget = new Hono<App>().get("/:file", async (c) => {
  const name = /^([a-z-]+)\.[0-9a-f]{8}\.js$/.exec(c.req.param("file"))?.[1];
  const today = /\.([0-9a-f]{8})\.js/.exec(await loaderText(c.env.ASSETS, "loader.js"))?.[1];
  if (name === undefined) throw new Problem("not_found");
  const reply = await c.env.ASSETS.fetch(`https://assets.invalid/widget/${name}.${today}.js`);
  if (!reply.ok) throw new Problem("not_found");
  return c.body(await reply.text(), 200, {
    "Content-Type": "text/javascript; charset=utf-8",
    "Cache-Control": "no-cache",
  });
});

/** The settings a page needs, without those at their defaults: every byte is on every page view. */
export function widgetConfig(id: string, settings: SurveySettings): WidgetConfig {
  const defaults = surveySettingsSchema.parse({ name: "defaults" });
  const config: Record<string, unknown> = { id };
  for (const name of SHOWN) {
    const kept = without(settings[name], defaults[name]);
    if (kept !== undefined) config[name] = kept;
  }
  const texts = { ...config, ...privacyTexts(settings) };
  return { ...texts, ...configOfQuestions(settings) } as WidgetConfig;
}

/** The built-in wording about privacy travels only to pages whose survey shows it. */
function privacyTexts({ privacy_url, privacy_tick, languages, texts }: SurveySettings): Pick<WidgetConfig, "texts"> {
  const keys = [...(privacy_url ? ["privacy" as const] : []), ...(privacy_tick ? ["privacy_tick" as const] : [])];
  if (keys.length === 0) return {};
  const wordingOf = (language: (typeof languages)[number]) =>
    Object.fromEntries(keys.map((key) => [key, builtInTexts[language][key]]));
  return {
    texts: Object.fromEntries(languages.map((each) => [each, { ...wordingOf(each), ...texts[each] }])),
  };
}

/** What the address of the script names, among the settings: one language is offered, and its texts alone travel. */
function withOptions(config: WidgetConfig, { language, properties }: TagOptions): WidgetConfig {
  const own = language && config.texts?.[language];
  return {
    ...config,
    ...(language && { languages: [language] }),
    ...(language && config.texts && { texts: own ? { [language]: own } : {} }),
    ...(Object.keys(properties).length > 0 && { properties }),
  };
}

/** The loader with the attributes put on its tag, where its marker stands; without attributes there is no byte of this. */
function withAttributes(loader: string, attributes: TagOptions["attributes"]): string {
  const isNone = Object.keys(attributes).length === 0;
  return loader.replace(ATTRIBUTES_HERE, (_, tag: string, end: string) =>
    isNone ? "" : `Object.assign(${tag}.dataset,${asSource(attributes)})${end}`,
  );
}

/** `widget/loader.ts` says `TAGGED(script)`. */
const ATTRIBUTES_HERE = /TAGGED\(([\w$]+)\)([;,])/;

/** JSON as a part of a script. Without "<" no text can end a script element, should somebody paste the script into a page. */
function asSource(value: unknown): string {
  return JSON.stringify(value).replaceAll("<", "\\u003c");
}

/** The value where it differs from the default; of a group of settings, those that differ. */
function without(value: unknown, byDefault: unknown): unknown {
  if (JSON.stringify(value) === JSON.stringify(byDefault)) return undefined;
  if (!isRecord(value) || !isRecord(byDefault) || "type" in value) return value;
  const kept = Object.entries(value).map(([name, each]) => [name, without(each, byDefault[name])] as const);
  return Object.fromEntries(kept.filter(([, each]) => each !== undefined));
}

/** The copy of the loader that holds what these settings need, and no more. */
function loaderFor({ targeting, throttle, sample, trigger }: WidgetConfig): string {
  const waits = trigger && trigger.type !== "delay" && trigger.type !== "manual";
  const knows = targeting?.properties || throttle?.any_survey_days;
  const judges = knows ? "-visitors" : targeting || sample !== undefined ? "-targets" : "";
  return `loader${judges}${waits ? "-trigger" : ""}.js`;
}

/** The loaders as built, and what calls of Delighted's snippet need: one deployment has seven files, and they never change. */
const loaders = isolateCache<string>(7);
async function loaderText(assets: Fetcher, name: string): Promise<string> {
  const known = loaders.get(name);
  if (known !== undefined) return known;
  const reply = await assets.fetch(`https://assets.invalid/widget/${name}`);
  if (!reply.ok) throw new Error(`the widget is not among the static assets: ${reply.status}`);
  const text = (await reply.text()).trim();
  loaders.set(name, text);
  return text;
}
