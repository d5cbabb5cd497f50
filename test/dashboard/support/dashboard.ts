/** The dashboard in a browser, signed in, on a survey of the test's own. */
import type { BrowserContextOptions, Page } from "playwright-core";
import { onTestFinished } from "vitest";
import { mintResponseId } from "../../../shared/response-id.ts";
import type { NewApiKey } from "../../../shared/schema/key.ts";
import type { ResponseBody } from "../../../shared/schema/response.ts";
import type { Survey, SurveySettingsInput } from "../../../shared/schema/survey.ts";
import type { Scope } from "../../../shared/vocabulary.ts";
import { openPage } from "../../support/chromium.ts";
import { ask as askCollector, sharedCollector } from "../../support/shared-collector.ts";

export function ask<Body>(method: string, path: string, body?: unknown): Promise<Body> {
  return askCollector(path, method, body);
}

export function aSurvey(settings: Partial<SurveySettingsInput> = {}): Promise<Survey> {
  return ask("POST", "/v1/surveys", { name: "Lumen", brand: "Lumen", ...settings });
}

export async function aKey(survey: string, scope: Scope): Promise<string> {
  return (await ask<NewApiKey>("POST", "/v1/keys", { name: scope, scope, survey })).key;
}

/** As a visitor's page sends it; gives the response's id. */
export async function answer(survey: string, fields: Partial<ResponseBody>): Promise<string> {
  const id = mintResponseId(Date.now(), crypto.getRandomValues(new Uint8Array(10)));
  const reply = await fetch(`${sharedCollector().url}/v1/responses`, {
    method: "POST",
    headers: { "Content-Type": "text/plain", Origin: "https://shop.example" },
    body: JSON.stringify({ survey, id, ...fields }),
  });
  if (!reply.ok) throw new Error(await reply.text());
  return id;
}

/** Opens the parts of a section of the settings that are behind a line. */
export async function openFolds(page: Page): Promise<void> {
  for (const fold of await page.locator("details.fold:not([open]) > summary").all()) await fold.click();
}

type Opened = BrowserContextOptions & {
  key?: string;
  path?: string;
  /** The address under which the browser finds the collector, where something stands between them. */
  through?: string;
};

/** Opens `path` (what follows the `#`), signed in with `key`: the admin token unless another is named. */
export async function openDashboard({ key, path = "/", through, ...options }: Opened = {}): Promise<Page> {
  const { url, adminToken } = sharedCollector();
  const page = await openPage({ locale: "en", reducedMotion: "reduce", ...options });
  const faults: string[] = [];
  page.on("pageerror", (error) => faults.push(error.message));
  page.on("console", (message) => message.type() === "error" && faults.push(message.text()));
  // A page of the same origin that is not the dashboard: so that its first load is the test's own.
  await page.request.post(`${url}/v1/session`, { data: { key: key ?? adminToken }, headers: { Origin: url } });
  await page.goto(`${through ?? url}/dashboard/#${path}`);
  onTestFinished(() => {
    const broken = faults.filter((fault) => /Content Security Policy|TrustedHTML|TrustedScript|TypeError/.test(fault));
    if (broken.length > 0) throw new Error(broken.join("\n"));
  });
  return page;
}
