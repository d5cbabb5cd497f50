import { expect, it } from "vitest";
import { convertFile, convertText, fieldsOf } from "./test-files.ts";

// The names are those of the products' APIs, which their documentation and the schemas of connectors tell. AskNicely's API writes
// the same in CSV. What Wootric, SatisMeter and Retently put in the first row of the CSV that their pages offer is in no public
// document that could be found: such a file is read as a spreadsheet, unless it has the names of the API.

it("reads Wootric's responses, and leaves out those that it does not count", async () => {
  const { plan, lines, leftOut } = await convertFile("wootric-responses.json");
  expect(plan.source).toBe("wootric");
  expect(lines).toEqual([
    { type: "asked", respondent: "ann@shop.example", asked_at: "2025-11-03T09:14:00-07:00" },
    {
      id: "9001",
      created_at: "2025-11-03T09:15:00-07:00",
      nps: 9,
      comment: "Fast",
      respondent: "ann@shop.example",
      properties: { plan: "pro", seats: 4 },
      tags: ["delivery"],
    },
    { id: "9002", created_at: "2025-11-04T09:15:00-07:00", nps: 3, respondent: "502" },
  ]);
  expect(leftOut).toEqual([[3, "is not counted by the product itself"]]);
});

it("reads the table that a connector makes of Wootric's responses", async () => {
  const { plan, lines } = await convertText(
    "id,created_at,updated_at,score,text,ip_address,origin_url,end_user_id,survey_id,completed,excluded_from_calculations,tags\n" +
      `9001,2025-11-03T16:15:00Z,2025-11-03T16:16:00Z,9,Fast,192.0.2.1,https://shop.example/,501,77,true,false,"[""vip""]"\n`,
  );
  expect(plan.source).toBe("wootric");
  expect(lines).toEqual([
    { id: "9001", created_at: "2025-11-03T16:15:00Z", nps: 9, comment: "Fast", respondent: "501", tags: ["vip"] },
  ]);
});

it("reads SatisMeter's responses, with the traits of the user as properties", async () => {
  const { plan, lines, leftOut } = await convertFile("satismeter-responses.json");
  expect(plan.source).toBe("satismeter");
  expect(lines).toEqual([
    {
      id: "5f0a1",
      created_at: "2025-11-03T09:15:00.000Z",
      nps: 10,
      comment: "Fast",
      respondent: "ann@shop.example",
      properties: {
        country: "Ukraine",
        "device type": "desktop",
        method: "In-app",
        campaign: "Shop",
        plan: "pro",
        team: "south",
      },
    },
    {
      id: "5f0a2",
      created_at: "2025-11-04T09:15:00.000Z",
      nps: 2,
      respondent: "6a02",
      properties: { method: "Email", campaign: "Shop" },
    },
  ]);
  expect(leftOut).toEqual([[3, "is not counted by the product itself"]]);
});

it("reads Retently's feedback, each by its kind of survey", async () => {
  const { plan, lines, leftOut } = await convertFile("retently-feedback.json");
  expect(plan.source).toBe("retently");
  expect(lines).toEqual([
    {
      id: "63aa1",
      created_at: "2025-11-03T09:15:00.000Z",
      nps: 9,
      comment: "Fast",
      respondent: "ann@shop.example",
      properties: {
        company: "Shop",
        "job title": "Buyer",
        campaign: "After delivery",
        country: "Ukraine",
        city: "Lviv",
        Plan: "pro",
      },
      tags: ["delivery", "vip"],
      note: "Thanked her.",
    },
    {
      id: "63aa2",
      created_at: "2025-11-04T09:15:00.000Z",
      csat: 2,
      respondent: "bob@shop.example",
      properties: { campaign: "Support" },
    },
  ]);
  expect(leftOut).toEqual([[3, "is not counted by the product itself"]]);
});

it("reads AskNicely's responses, with who was asked last when and who is not to be asked", async () => {
  const { plan, lines, leftOut } = await convertFile("asknicely-responses.csv");
  expect(plan.source).toBe("asknicely");
  expect(fieldsOf(plan)).toMatchObject({ segment: "properties.segment", city_c: "properties.city_c" });
  expect(lines).toEqual([
    { type: "asked", respondent: "ann@shop.example", asked_at: "2025-11-03T08:53:20.000Z" },
    {
      id: "54120",
      created_at: "2025-11-03T09:15:00.000Z",
      nps: 10,
      comment: "Fast",
      respondent: "ann@shop.example",
      properties: { segment: "VIP", city_c: "Lviv" },
      note: "Thanked her",
    },
    { type: "unsubscribe", respondent: "bob@shop.example" },
    { type: "asked", respondent: "bob@shop.example", asked_at: "2025-11-03T08:53:20.000Z" },
    {
      id: "54122",
      created_at: "2025-11-03T09:15:01.000Z",
      csat: 4,
      respondent: "bob@shop.example",
      properties: { segment: "VIP" },
    },
    { type: "asked", respondent: "eve@shop.example", asked_at: "2025-11-03T08:53:20.000Z" },
  ]);
  expect(leftOut).toEqual([[5, "has neither a score nor a comment"]]);
});

it("reads AskNicely's contacts that have unsubscribed", async () => {
  const { plan, lines } = await convertFile("asknicely-unsubscribed.json");
  expect(plan.source).toBe("asknicely");
  expect(lines).toEqual([
    { type: "unsubscribe", respondent: "gone@shop.example", created_at: "2016-01-08T02:16:16.000Z" },
  ]);
});

it("reads the events of PostHog's surveys, where each answer stands under two names", async () => {
  const { plan, lines, leftOut } = await convertFile("posthog-events.ndjson");
  expect(plan.source).toBe("posthog");
  expect(lines).toEqual([
    {
      id: "0193-a1",
      created_at: "2025-11-03T09:15:00.123000+00:00",
      nps: 9,
      comment: "It is fast and cheap",
      respondent: "ann@shop.example",
      properties: { survey: "Shop NPS" },
    },
    {
      id: "0193-a2",
      created_at: "2025-11-04T09:15:00.123000+00:00",
      nps: 4,
      respondent: "502",
      properties: { survey: "Shop NPS" },
    },
  ]);
  expect(leftOut).toEqual([[3, "has neither a score nor a comment"]]);
});

it("reads PostHog's table of events, with the answers under the ids of their questions alone", async () => {
  const { plan, lines } = await convertText(
    "uuid,event,timestamp,distinct_id,properties.$survey_id,properties.$survey_response_0a1,properties.$survey_response_0b2,properties.$browser\n" +
      "0193-a1,survey sent,2025-11-03T09:15:00Z,501,018f,10,Fast and cheap,Chrome\n" +
      "0193-a2,survey sent,2025-11-04T09:15:00Z,502,018f,3,,Chrome\n",
  );
  expect(plan.source).toBe("posthog");
  expect(lines).toEqual([
    { id: "0193-a1", created_at: "2025-11-03T09:15:00Z", nps: 10, comment: "Fast and cheap", respondent: "501" },
    { id: "0193-a2", created_at: "2025-11-04T09:15:00Z", nps: 3, respondent: "502" },
  ]);
});
