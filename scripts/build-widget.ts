/**
 * Builds what browsers load into dist/public/widget: the loader as a classic script, and for each language the survey
 * and its later part as ES modules. All modules of one build share one hash of their contents in their names.
 */
import { createHash } from "node:crypto";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Plugin, Rolldown } from "vite";
import { build as viteBuild } from "vite";
import { isRecord } from "../shared/is-record.ts";
import { isRightToLeft, languages } from "../shared/languages.ts";
import { limits } from "../shared/limits.ts";
import { glyphs } from "../shared/look.ts";
import type { ScoreName } from "../shared/questions.ts";
import { isByDefault, scoreNames } from "../shared/questions.ts";
import { scoreTextKeys } from "../shared/strings/keys.ts";
import { surveyDefaults } from "../shared/vocabulary.ts";
import { ofEachScale, widgetQuestions } from "../shared/widget-questions.ts";
import { removeEarlierBuild } from "./earlier-build.ts";
import { writeHeaders } from "./headers.ts";
import { root } from "./paths.ts";

/** Chrome 109 and Firefox 115 are the last for Windows 7 and 8; Safari 16.4 is the first with constructable sheets. */
const target = ["chrome109", "firefox115", "safari16.4"];
/** Stands for the hash until all texts are there to be hashed. Of the same length, so that nothing shifts. */
const placeholder = "0BUILD00";
/** The texts of scored questions; those of a question that is not asked by default come with the survey's script. */
const textsOf = (names: readonly ScoreName[]) =>
  names.flatMap(scoreTextKeys).flatMap((key): string[] => [key, `${key}_unnamed`]);
const beforeAnswering = [...textsOf(scoreNames.filter(isByDefault)), "close", "thanks", "region", "progress"];
const elsewhere = [...beforeAnswering, ...textsOf(scoreNames), "confirm", "privacy", "privacy_tick"];
/** Whether an artefact has this text to say: before somebody begins to answer, beside a challenge, and all the rest. */
const partOfTexts: Record<string, (key: string) => boolean> = {
  first: (key) => beforeAnswering.includes(key),
  challenge: (key) => ["close", "confirm"].includes(key),
  later: (key) => !elsewhere.includes(key),
};

const widget = join(root, "widget");

/** Replaces dist/public/widget and its part of dist/public/_headers. */
export async function buildWidget(): Promise<void> {
  const files = new Map(
    await Promise.all(
      artefacts().map(async ([name, source, language]) => {
        return [name, await bundle(join(widget, source), language, name)] as const;
      }),
    ),
  );

  const hash = createHash("sha256");
  for (const [name, code] of [...files].sort()) hash.update(name).update(code);
  const version = hash.digest("hex").slice(0, placeholder.length);
  const folder = join(root, "dist/public");
  await removeEarlierBuild(join(folder, "widget"));
  await mkdir(join(folder, "widget"), { recursive: true });
  const names = [...files.keys()].map((name) => name.replace(placeholder, version));
  for (const [name, code] of files)
    await writeFile(join(folder, "widget", name.replace(placeholder, version)), code.replaceAll(placeholder, version));
  await writeHeaders("widget", headers(names.filter((name) => name.includes(version))));
}

/** Each file's name, the source it begins with and the language of its texts. */
function artefacts(): [name: string, source: string, language: string][] {
  const plain = languages[0];
  return [
    ...languages.flatMap((language): [string, string, string][] => [
      [`survey-${language}.${placeholder}.js`, "survey.tsx", language],
      [`later-${language}.${placeholder}.js`, "later.tsx", language],
      [`challenge-${language}.${placeholder}.js`, "challenge.tsx", language],
    ]),
    [`commands.${placeholder}.js`, "commands.ts", plain],
    [`keep-in-page.${placeholder}.js`, "keep-in-page.ts", plain],
    [`resend.${placeholder}.js`, "saving/resend.ts", plain],
    ...["", "-targets", "-visitors"].flatMap((judges) =>
      ["", "-trigger"].map((waits): [string, string, string] => [`loader${judges}${waits}.js`, "loader.ts", plain]),
    ),
    ["mount.js", "mount.ts", plain],
    ["delighted.js", "delighted.ts", plain],
  ];
}

/** One source and all it imports as one file's text; what is in it goes by the file's name. */
async function bundle(source: string, language: string, name: string): Promise<string> {
  const { output } = (await viteBuild({
    configFile: false,
    root,
    logLevel: "warn",
    publicDir: false,
    plugins: [texts(language), plainFacts],
    resolve: /^(survey|challenge)/.test(name) ? { alias: { preact: join(widget, "ui/mini-preact.ts") } } : {},
    define: {
      BUILD: JSON.stringify(placeholder),
      LANGUAGE: JSON.stringify(language),
      DIRECTION: JSON.stringify(isRightToLeft(language) ? "rtl" : "ltr"),
      TARGETS: String(/-targets|-visitors/.test(name)),
      VISITORS: String(name.includes("-visitors")),
      TRIGGER: String(name.includes("-trigger")),
    },
    oxc: { jsx: { runtime: "classic", pragma: "h", pragmaFrag: "Fragment" } },
    build: {
      write: false,
      target,
      modulePreload: false,
      // Newer than the target: only so that color-scheme is left as written.
      cssTarget: "safari17.5",
      cssMinify: "lightningcss",
      rolldownOptions: {
        input: source,
        preserveEntrySignatures: "strict",
        optimization: { inlineConst: { mode: "all", pass: 2 } },
      },
    },
  })) as Rolldown.RolldownOutput;
  return output[0].code.replace("IMPORT(", "import(").trim();
}

/** `#texts/first` and its like, cut from the language's two files. */
function texts(language: string): Plugin {
  return {
    name: "texts",
    resolveId: (id) => (id.startsWith("#texts/") ? `\0${id}` : null),
    async load(id) {
      if (!id.startsWith("\0#texts/")) return null;
      const part = partOfTexts[id.slice("\0#texts/".length)]!;
      const read = async (file: string) => (await import(join(root, file, `${language}.ts`)))[language];
      const all = { ...(await read("shared/strings")), ...(await read("widget/strings")) };
      const wanted = Object.entries(all).filter(([key]) => part(key));
      return `export const texts = ${JSON.stringify(Object.fromEntries(wanted))}`;
    },
  };
}

/** Tables of which the widget takes single entries, written as `limits.segments` or `surveyDefaults.theme.scheme`. */
const facts = { glyphs, limits, surveyDefaults, widgetQuestions };
const entries = new RegExp(`\\b(?:${Object.keys(facts).join("|")})(?:\\.\\w+)+`, "g");

/** Puts in such an entry as a literal, and calls for each question one by one: a whole table would travel for them. */
const plainFacts: Plugin = {
  name: "plain-facts",
  enforce: "pre",
  transform: (code, id) =>
    id.startsWith(widget) ? code.replace(entries, literalOf).replace(/\bofEachScale\((\w+)\)/g, writtenOut) : null,
};

/** The literal of the longest beginning of the path that is an entry, and what stands behind it; a file's name as it is. */
function literalOf(path: string): string {
  const names = path.split(".");
  let value: unknown = facts;
  while (names.length > 0 && isRecord(value) && Object.hasOwn(value, names[0]!)) value = value[names.shift()!];
  return Object.values<unknown>(facts).includes(value) ? path : [JSON.stringify(value), ...names].join(".");
}

/** The object that `ofEachScale` makes, each call of `make` in it as it would be written by hand. */
function writtenOut(_: string, make: string): string {
  const bounds = Object.entries(ofEachScale((lowest, highest) => `${make}(${lowest}, ${highest})`));
  return `{ ${bounds.map((each) => each.join(": ")).join(", ")} }`;
}

/** Cloudflare's static assets read this file; hashed files are named one by one, for a rule's splat takes all. */
function headers(hashed: string[]): string {
  const forever = hashed.map((name) => `/widget/${name}\n  Cache-Control: public, max-age=31536000, immutable\n`);
  return `/widget/*
  Access-Control-Allow-Origin: *
  Cross-Origin-Resource-Policy: cross-origin
  X-Content-Type-Options: nosniff
${forever.join("")}`;
}

if (import.meta.main) await buildWidget();
