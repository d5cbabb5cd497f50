/** What is typed behind `npm run import`. */
import { parseArgs } from "node:util";
import type { DateOrder } from "../../shared/imports/dates.ts";

/** A mistake of whoever runs the command; the message says what to do. */
export class ImportRefused extends Error {}

export type Words = {
  file: string;
  survey: string | null;
  /** Where the collector is, and the key that may write; null: the one of `npm start`. */
  url: string | null;
  key: string | null;
  from: string | null;
  map: Record<string, string> | null;
  dateOrder: DateOrder | null;
  skipInvalid: boolean;
  yes: boolean;
};

export const usage = `npm run import -- FILE [--survey srv_…] [--from delighted] [--map '{"Score":"nps"}'] [--dates day-first]
                      [--skip-invalid] [--yes] [--url https://feedback.example]

Says first what the file would bring, and stores it when you agree (--yes: without asking).
The collector is the one of npm start, or the one at --url with a key that may write in the variable VIDHUK_KEY.`;

const texts = ["survey", "url", "from", "map", "dates"] as const;
const flags = ["skip-invalid", "yes"] as const;

/**
 * The words of a command line. npm keeps an option that has no `--` before it to itself, but tells of it in the environment.
 * Throws `ImportRefused`.
 */
export function wordsOf(words: readonly string[], environment: NodeJS.ProcessEnv = process.env): Words {
  const { values, positionals } = parsed(words);
  const said = (name: string) => values[name] ?? environment[`npm_config_${name.replaceAll("-", "_")}`];
  const text = (name: (typeof texts)[number]) => {
    const value = said(name);
    return typeof value === "string" && value !== "" && value !== "true" ? value : null;
  };
  const isSaid = (name: (typeof flags)[number]) => said(name) === true || said(name) === "true";
  const [file, ...more] = positionals;
  if (file === undefined) throw new ImportRefused(`Which file?\n\n${usage}`);
  if (more.length > 0)
    throw new ImportRefused(`One file at a time, please: ${more.join(" ")} is one too many.\n\n${usage}`);
  return {
    file,
    survey: text("survey"),
    url: text("url"),
    key: environment.VIDHUK_KEY || null,
    from: text("from"),
    map: mapOf(text("map")),
    dateOrder: dateOrderOf(text("dates")),
    skipInvalid: isSaid("skip-invalid"),
    yes: isSaid("yes"),
  };
}

function parsed(words: readonly string[]) {
  const options = {
    ...Object.fromEntries(texts.map((name) => [name, { type: "string" as const }])),
    ...Object.fromEntries(flags.map((name) => [name, { type: "boolean" as const }])),
  };
  try {
    return parseArgs({ args: [...words], options, allowPositionals: true });
  } catch (error) {
    throw new ImportRefused(`${error instanceof Error ? error.message : error}\n\n${usage}`);
  }
}

function mapOf(text: string | null): Record<string, string> | null {
  if (text === null) return null;
  try {
    const map: unknown = JSON.parse(text);
    const isMap = typeof map === "object" && map !== null && !Array.isArray(map);
    if (isMap && Object.values(map).every((field) => typeof field === "string")) return map as Record<string, string>;
  } catch {
    // Said below.
  }
  throw new ImportRefused(`--map must be a JSON object of texts, as {"Their header":"nps","Plan":"properties.plan"}`);
}

function dateOrderOf(text: string | null): DateOrder | null {
  if (text === null) return null;
  if (text === "day-first") return "day_first";
  if (text === "month-first") return "month_first";
  throw new ImportRefused("--dates must be day-first (31/12/2025) or month-first (12/31/2025)");
}
