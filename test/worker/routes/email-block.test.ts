/** The block for a mailer's template as asked for; how it looks is in test/links/block.test.ts. */
import { beforeAll, expect, it } from "vitest";
import type { Collector } from "../support/collector.ts";
import { aCollector } from "../support/collector.ts";

let collector: Collector;
let survey: string;

beforeAll(async () => {
  collector = aCollector();
  survey = await collector.makeSurvey();
});

const block = (r: string) => collector.get(`/v1/surveys/${survey}/email-block?r=${encodeURIComponent(r)}`);

it.each(["{{id}}", "*|UNIQID|*", "%CONTACTID%", "{=Document:ID}"])(
  "takes the mark %s for each person's id",
  async (r) => {
    const reply = await block(r);
    expect([reply.status, reply.text.includes(JSON.stringify(`&r=${r}`).slice(1, -1))]).toEqual([200, true]);
  },
);

it.each(["ann", "17", "100%", ""])("refuses %j, by which all readers would be one respondent", async (r) => {
  const reply = await block(r);
  expect([reply.status, reply.text]).toEqual([422, expect.stringContaining("all readers are one respondent")]);
});
