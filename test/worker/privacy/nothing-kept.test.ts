/** After requests to every public route, searches the whole database for what it must not hold. */
import { expect, it } from "vitest";
import { ADMIN, aCollector, aResponse } from "../support/collector.ts";
import { findText, tables } from "./dump.ts";

const AGENT = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36";
const ADDRESSES = ["203.0.113.77", "2001:db8:77:88:99:aa:bb:cc"];

it("no address, no user agent, no cookie and no secret is stored anywhere", async () => {
  const collector = aCollector({ rateLimit: "" });
  const survey = await collector.makeSurvey({ segments: ["device", "language", "channel"], count_views: true });
  const secret = "AAAAsecretsecretsecretAAAA";
  for (const address of ADDRESSES) {
    const browser = {
      Origin: "https://shop.example",
      Referer: "https://shop.example/cart?session=SESSIONID77",
      "User-Agent": AGENT,
      "CF-Connecting-IP": address,
      "X-Forwarded-For": address,
      "X-Real-IP": address,
      Cookie: "sid=COOKIE77",
      "Accept-Language": "uk-UA",
      "Sec-CH-UA": '"Chromium";v="156"',
    };
    const page = "https://shop.example/cart?email=QUERY77#FRAGMENT77";
    const response = aResponse(survey, { nps: 9, comment: "good", secret, page, locale: "uk-UA" });
    expect((await collector.post(response, browser)).status).toBe(201);
    expect((await collector.post({ ...response, csat: 5 }, browser)).status).toBe(200);
    await collector.request("POST", "/v1/events", { survey, type: "shown" }, browser);
    await collector.request("POST", "/v1/eligibility", { survey, id: "ann", token: "TOKEN77" }, browser);
    await collector.request("GET", `/s/${survey}?nps=9`, undefined, browser);
    await collector.request("POST", `/s/${survey}`, "nps=9&noscript=1", {
      ...browser,
      "Content-Type": "application/x-www-form-urlencoded",
    });
    await collector.request(
      "POST",
      "/v1/session",
      { key: "test-admin-token" },
      { ...browser, Origin: "http://localhost" },
    );
  }
  const forbidden = [
    ...ADDRESSES,
    "203.0.113",
    "2001:db8",
    "Mozilla",
    "AppleWebKit",
    "Chrome/",
    "Chromium",
    "SESSIONID77",
    "COOKIE77",
    "QUERY77",
    "FRAGMENT77",
    "TOKEN77",
    secret,
    "test-admin-token",
  ];
  expect(await findText(...forbidden)).toEqual([]);
  expect(await tables()).toContain("responses");
  expect(await findText("good")).not.toEqual([]);
});

it("no hash of an address is stored either: nothing in the database depends on it", async () => {
  const kept = async (address: string) => {
    const collector = aCollector({ rateLimit: "" });
    const survey = await collector.makeSurvey();
    const response = aResponse(survey);
    await collector.post(response, { Origin: "https://shop.example", "CF-Connecting-IP": address });
    const rows = await findText(response.id);
    await collector.request("DELETE", `/v1/surveys/${survey}`, undefined, ADMIN);
    return rows.map(({ row }) => row.replaceAll(survey, "SURVEY").replaceAll(response.id, "ID"));
  };
  expect(await kept("203.0.113.77")).toEqual(await kept("198.51.100.1"));
});
