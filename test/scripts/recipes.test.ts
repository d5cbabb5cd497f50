/**
 * The recipes of docs/recipes.md. Each is run by its own program where the machine has it; where it has not, and for Excel and
 * Grafana, which no machine of ours has, the addresses and the columns that the recipe names are asked of the real server. Each
 * test says which of the two it did.
 */
import { execFile, execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { promisify } from "node:util";
import { runInNewContext } from "node:vm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { root } from "../../scripts/paths.ts";
import { isRecord } from "../../shared/is-record.ts";
import { mintResponseId } from "../../shared/response-id.ts";
import type { TestCollector } from "../support/collector.ts";
import { startCollector } from "../support/collector.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const run = promisify(execFile);
const text = readFileSync(join(root, "docs/recipes.md"), "utf8");

let collector: TestCollector;
let folder: string;
let environment: NodeJS.ProcessEnv;
let survey: string;

const said = [
  { nps: 10, csat: 5, comment: "=1+1 of my best", properties: { plan: "pro" } },
  { nps: 3, csat: 2, comment: 'two\nlines, "quoted"; tab\there', properties: { plan: "free" } },
  { nps: 9, comment: "Доставка 🚚", properties: { plan: "pro" } },
];

beforeAll(async () => {
  collector = await startCollector();
  folder = await temporaryFolder();
  const headers = { Authorization: `Bearer ${collector.adminToken}`, "Content-Type": "application/json" };
  const send = async (path: string, body: object) => {
    const reply = await fetch(collector.url + path, { method: "POST", headers, body: JSON.stringify(body) });
    expect(reply.status).toBe(201);
    return (await reply.json()) as { id: string };
  };
  const settings = { name: "Recipes", segments: ["plan"], topics: [{ name: "Delivery", stems: ["доставк"] }] };
  ({ id: survey } = await send("/v1/surveys", settings));
  for (const each of said) {
    const id = mintResponseId(Date.now(), crypto.getRandomValues(new Uint8Array(10)));
    await send("/v1/responses", { survey, id, ...each });
  }
  const { PATH, HOME } = process.env;
  environment = { PATH, HOME, LC_ALL: "C.UTF-8", HOST: collector.url, SURVEY: survey, KEY: collector.adminToken };
}, 120_000);

afterAll(async () => {
  await collector?.stop();
  await rm(folder, { recursive: true, force: true });
});

/** The code of a recipe: the first block in this language under its heading. */
function recipe(heading: string, language: string): string {
  const section = text.split(/^## /m).find((each) => each.startsWith(heading)) ?? "";
  const [, code] = new RegExp(`\`\`\`${language}\n(.*?)\`\`\``, "s").exec(section) ?? [];
  if (code === undefined) throw new Error(`no recipe ${heading} in ${language}`);
  return code;
}

async function ask(path: string): Promise<unknown> {
  const headers = { Authorization: `Bearer ${collector.adminToken}` };
  const reply = await fetch(`${collector.url}/v1/surveys/${survey}${path}`, { headers });
  expect(reply.status, path).toBe(200);
  return reply.json();
}

/** Fails unless some item of the list under `list` has something at each of the paths. */
function expectColumns(reply: unknown, list: string, paths: readonly string[]): void {
  const items = isRecord(reply) ? reply[list] : undefined;
  expect(Array.isArray(items) && items.length, list).toBeTruthy();
  const at = (item: unknown, path: string) =>
    path.split(".").reduce<unknown>((value, name) => (isRecord(value) ? value[name] : undefined), item);
  for (const path of paths)
    expect(
      (items as unknown[]).some((item) => at(item, path) !== undefined),
      path,
    ).toBe(true);
}

/** The first of the programs that can do what is asked of it. */
async function able(programs: readonly string[], ...args: string[]): Promise<string | null> {
  for (const program of programs)
    if (
      await run(program, args).then(
        () => true,
        () => false,
      )
    )
      return program;
  return null;
}

const quoted = (list: string) => [...list.matchAll(/"([^"]+)"/g)].map(([, name]) => name!);
const sections = text.split(/^## /m).slice(1);

it("has a test here for each recipe", () => {
  const tested = ["curl", "Python", "R", "Google Sheets", "Excel", "Grafana", "Metabase"];
  expect(sections.map((each) => tested.find((name) => each.startsWith(name)))).toEqual(tested);
});

describe("the addresses and columns of", () => {
  it("Python's recipe are those of the server", async () => {
    const code = recipe("Python", "python");
    const weeks = quoted(/columns = \[([^\]]+)\]/.exec(code)?.[1] ?? "");
    expectColumns(await ask("/metrics?interval=week"), "series", weeks);
    const answers = quoted(/answers\[\[([^\]]+)\]\]/.exec(code)?.[1] ?? "");
    expectColumns(await ask("/responses?exclude=excluded"), "items", [...answers, "channel", "properties.plan"]);
    expect([weeks.length, answers.length]).toEqual([5, 5]);
    expect(code).toContain("/responses?limit=1000");
  });

  it("R's recipe are those of the server", async () => {
    const code = recipe("R", "r");
    const [weeks = [], answers = []] = [...code.matchAll(/\[, c\(([^)]+)\)\]/g)].map(([, list]) => quoted(list!));
    expectColumns(await ask("/metrics?interval=week"), "series", weeks);
    expectColumns(await ask("/responses?limit=100&exclude=excluded"), "items", answers);
    expect([weeks.length, answers.length]).toEqual([5, 6]);
  });

  it("Excel's recipe are those of the server; no program here runs M", async () => {
    const code = recipe("Excel", "m");
    const path = /RelativePath = "v1\/surveys\/" & Survey & "([^"]+)"/.exec(code)?.[1];
    expect(path).toBe("/responses");
    const first = (await ask(`${path}?limit=1`)) as { next: string };
    await ask(`${path}?limit=100&cursor=${first.next}`);
    expect(code).toMatch(/\[next\] = null.*Page\(\[next\]\)/);
    const columns = quoted(/Table\.FromRecords\(Items, \{([^}]+)\}/.exec(code)?.[1] ?? "");
    expectColumns(await ask(`${path}?limit=100`), "items", columns);
    const typed = [...code.matchAll(/\{"(\w+)", (?:type |Int64)/g)].map(([, name]) => name!);
    expect(columns).toEqual(expect.arrayContaining(typed));
    expect([columns.length, typed.length]).toEqual([8, 3]);
  });

  it("Grafana's panels are those of the server; no Grafana runs here", async () => {
    const panels = [...text.matchAll(/^\| ([^|]+) \| (?:Time series|Table) \| `([^`]+)` \| `(\w+)` \| ([^|]+) \|$/gm)];
    expect(panels).toHaveLength(5);
    const today = new Date().toISOString().slice(0, 10);
    for (const [, , url = "", list = "", columns = ""] of panels) {
      const path = url.replaceAll(/\$\{__(from|to):date:YYYY-MM-DD\}/g, today);
      expectColumns(
        await ask(path),
        list,
        [...columns.matchAll(/`([^`]+)`/g)].map(([, name]) => name!),
      );
    }
  });
});

describe("run by its own program,", () => {
  it("curl's recipe gives what is new, and the next time nothing again", async () => {
    const script = recipe("curl", "sh");
    if ((await able(["date"], "-u", "-d", "1 minute ago")) === null)
      return expectColumns(await ask("/responses"), "items", ["id"]);
    const night = () => run("sh", ["-ec", script], { cwd: folder, env: environment });
    await night();
    expect(readFileSync(join(folder, "new.ndjson"), "utf8").trim().split("\n")).toHaveLength(said.length);
    await writeFile(join(folder, "since.txt"), new Date(Date.now() + 1000).toISOString());
    await night();
    expect(readFileSync(join(folder, "new.ndjson"), "utf8")).toBe("");
    console.info("curl's recipe was run");
  });

  it("Python's recipe prints the weeks and the answers", async () => {
    const python = await able(["python3", "/usr/bin/python3", "python"], "-c", "import pandas");
    if (!python) return console.info("Python's recipe was not run: no Python with pandas is here");
    const { stdout } = await run(python, ["-c", recipe("Python", "python").replace("limit=1000", "limit=2")], {
      env: environment,
    });
    expect(stdout).toMatch(/33\.0\s+3\.0/);
    for (const word of ["=1+1 of my best", "Доставка 🚚"]) expect(stdout).toContain(word);
    expect(stdout).toMatch(/^api +3 +7\.3+/m);
    console.info(`Python's recipe was run by ${python}`);
  }, 60_000);

  it("R's recipe prints the weeks and the answers", async () => {
    const r = await able(["Rscript"], "-e", "library(jsonlite)");
    if (!r) return console.info("R's recipe was not run: no R with jsonlite is here");
    const script = join(folder, "recipe.R");
    await writeFile(script, recipe("R", "r").replace("limit=100", "limit=2"));
    const { stdout } = await run(r, ["--vanilla", script], { env: environment });
    expect(stdout).toMatch(/33 +3/);
    for (const word of ["=1+1 of my best", "Доставка"]) expect(stdout).toContain(word);
    expect(stdout).toMatch(/api\s+7\.3333/);
    console.info("R's recipe was run");
  }, 60_000);

  it("the script for Sheets makes a table of the months, and writes no comment as a formula", async () => {
    const written: unknown[][][] = [];
    const sheet = {
      clearContents: () => {},
      getRange: (_row: number, _column: number, rows: number, columns: number) => ({
        setValues(values: unknown[][]) {
          if (values.length !== rows || values.some((each) => each.length !== columns))
            throw new Error("The number of rows or columns in the data does not match those in the range.");
          written.push(values);
        },
      }),
    };
    // The services of Apps Script as its reference describes them; fetch waits for its reply there.
    const services = {
      PropertiesService: { getScriptProperties: () => ({ getProperty: () => collector.adminToken }) },
      SpreadsheetApp: { getActiveSpreadsheet: () => ({ getSheetByName: () => null, insertSheet: () => sheet }) },
      UrlFetchApp: {
        fetch: (url: string, { headers }: { headers: { Authorization: string } }) => {
          const args = ["-sf", "-H", `Authorization: ${headers.Authorization}`, url];
          const reply = execFileSync("curl", args, { encoding: "utf8" });
          return { getContentText: () => reply };
        },
      },
    };
    const code = recipe("Google Sheets", "js");
    const own = code.replace("https://feedback.example", collector.url).replace("srv_…", survey);
    const from = new Date().toISOString().slice(0, 8);
    const table: unknown[][] = runInNewContext(`${own}; fetchComments(); NPS("${from}01")`, services);
    expect([...table[0]!]).toEqual(["month", "NPS", "answers", "low", "high"]);
    expect([...table.at(-1)!].slice(1, 3)).toEqual([33, 3]);
    const [rows = []] = written;
    expect(rows.map((row) => row.length)).toEqual([5, 5, 5, 5]);
    expect(rows.slice(1).map((row) => row[3])).toEqual(said.map(({ comment }) => `'${comment}`).reverse());
    console.info("the script for Sheets was run, by services that were played");
  });

  it("Metabase's recipe makes a database with every answer, the next night too", async () => {
    const answers = await ask("/responses?exclude=excluded");
    const sqlite = await able(["sqlite3"], ":memory:", `SELECT '{"a":1}' ->> 'a'`);
    const script = recipe("Metabase", "sh");
    const columns = [...script.matchAll(/json ->>? '(\w+)'/g)].map(([, name]) => name!);
    expectColumns(answers, "items", columns);
    expect(columns).toHaveLength(8);
    if (!sqlite) return console.info("Metabase's recipe was not run: no sqlite3 that is new enough is here");
    for (let night = 0; night < 2; night++) await run("sh", ["-ec", script], { cwd: folder, env: environment });
    const file = join(folder, "vidhuk.sqlite");
    expect(existsSync(file)).toBe(true);
    const database = new DatabaseSync(file);
    expect(
      database.prepare("SELECT nps, csat, comment, properties ->> 'plan' AS plan FROM responses ORDER BY id").all(),
    ).toMatchObject(said.map(({ nps, csat = null, comment, properties }) => ({ nps, csat, comment, ...properties })));
    const score = /`(SELECT round[^`]+)`/.exec(text)?.[1]?.replace("2026-11-01", "2020-01-01") ?? "";
    expect(Object.values(database.prepare(score).get()!)).toEqual([33]);
    database.close();
    console.info("Metabase's recipe was run up to the database; no Metabase runs here");
  });
});
