import { env } from "cloudflare:workers";
import { beforeAll, expect, it } from "vitest";
import type { Collector } from "../support/collector.ts";
import { ADMIN, aCollector, aResponse } from "../support/collector.ts";

let collector: Collector;
let survey: string;

beforeAll(async () => {
  collector = aCollector();
  survey = await collector.makeSurvey();
});

const CHROME =
  "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36";
const SAFARI =
  "Mozilla/5.0 (iPhone; CPU iPhone OS 15_8 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/15.6 Mobile/15E148 Safari/604.1";
const page = { Origin: "https://shop.example" };
const fetched = { ...page, "Sec-Fetch-Mode": "cors", "Sec-Fetch-Site": "cross-site" };

const senders: [who: string, headers: Record<string, string>, page: string | undefined, flags: string[]][] = [
  ["Chrome on the shop's page", { ...fetched, "User-Agent": CHROME }, "https://shop.example/cart", []],
  ["an old iPhone, which sends no fetch metadata", { ...page, "User-Agent": SAFARI }, undefined, []],
  ["a sandboxed frame", { ...fetched, Origin: "null", "User-Agent": CHROME }, "https://shop.example/", []],
  ["a Cubot phone", { ...fetched, "User-Agent": CHROME.replace("Windows NT", "CUBOT X30 NT") }, undefined, []],
  [
    "a reader in the browser of a news app",
    { ...fetched, "User-Agent": `${SAFARI.replace(" Safari/604.1", "")} BBCNews/7.1` },
    undefined,
    [],
  ],
  ["a phone called Monitor", { ...fetched, "User-Agent": CHROME.replace("Windows NT", "Monitor NT") }, undefined, []],
  ["a client that does not name itself", page, undefined, []],
  [
    "a headless browser",
    { ...fetched, "User-Agent": CHROME.replace("Chrome", "HeadlessChrome") },
    undefined,
    ["automated"],
  ],
  ["curl", { "User-Agent": "curl/8.5.0" }, undefined, ["automated", "no_page"]],
  ["Python with a page's origin", { ...page, "User-Agent": "python-requests/2.32" }, undefined, ["automated"]],
  ["a script under Chrome's name", { ...page, "User-Agent": CHROME }, undefined, ["forged_browser"]],
  ["a form of another site", { ...page, "Sec-Fetch-Mode": "navigate" }, undefined, ["navigated"]],
  ["a page that claims to be another", fetched, "https://bank.example/", ["other_page"]],
];

it.each(senders)("%s", async (_, headers, address, flags) => {
  const response = aResponse(survey, address ? { page: address } : {});
  expect((await collector.post(response, headers)).status).toBe(201);
  const row = await env.DB.prepare("SELECT flags, segments FROM responses WHERE id = ?").bind(response.id).first();
  expect(JSON.parse(String(row?.flags))).toEqual(flags);
  expect(JSON.parse(String(row?.segments))).toEqual(flags.length > 0 ? { flagged: "true" } : {});
});

it("a key that may write is believed", async () => {
  const response = aResponse(survey);
  await collector.post(response, { ...ADMIN, "User-Agent": "curl/8.5.0" });
  expect(await env.DB.prepare("SELECT flags FROM responses WHERE id = ?").bind(response.id).first("flags")).toBe("[]");
});
