import { expect, it } from "vitest";
import { convertText } from "./test-files.ts";

it("reads lines of the import itself, also where the first ones are of one kind only", async () => {
  const answer = {
    ...{
      id: "210",
      created_at: "2024-03-01T09:30:00Z",
      nps: 9,
      csat: 4,
      comment: "Quick",
      respondent: "ann@shop.example",
    },
    ...{ properties: { plan: "pro", seats: 4 }, tags: ["a, b"], note: "Called.", locale: "uk", channel: "link" },
  };
  const lines = [
    ...Array.from({ length: 250 }, (_, index) => ({ ...answer, id: `${index}` })),
    { type: "unsubscribe", respondent: "bob@shop.example", created_at: "2024-03-02T09:30:00Z" },
    { type: "asked", respondent: "cat@shop.example", asked_at: "2026-10-30" },
    { created_at: "2024-03-01", csat: 1 },
  ];
  const read = await convertText(lines.map((line) => JSON.stringify(line)).join("\n"));
  expect([read.plan.source, read.refused, read.leftOut]).toEqual(["vidhuk", [], []]);
  expect(read.lines).toEqual(lines);
});

it("reads an export of responses, as CSV and as NDJSON", async () => {
  const csv =
    "id,created_at,updated_at,nps,nps_group,csat,csat_group,comment,respondent,respondent_verified,channel,locale,page,topics,tags," +
    "status,note,excluded,flags,property: plan,properties,day,local_time,assignee,answered_at\n" +
    '"0198-a",2026-11-01T10:00:00.000Z,2026-11-01T10:00:00.000Z,3,detractor,,,"late","ann",true,page,uk,"https://shop.example/",delivery,' +
    '"call, vip",open,"Called.",false,,pro,"{""plan"":""pro"",""seats"":4}",2026-11-01,2026-11-01T12:00:00,,\n';
  const line = {
    ...{ id: "0198-a", created_at: "2026-11-01T10:00:00.000Z", nps: 3, comment: "late", respondent: "ann" },
    ...{ properties: { plan: "pro", seats: 4 }, tags: ["call", "vip"], note: "Called.", locale: "uk", channel: "page" },
  };
  const table = await convertText(csv);
  expect([table.plan.source, table.lines, table.refused]).toEqual(["vidhuk", [line], []]);

  const item = {
    ...{ id: "0198-a", created_at: line.created_at, updated_at: line.created_at, nps: 3, csat: null, comment: "late" },
    ...{ nps_group: "detractor", csat_group: null, respondent: { id: "ann", verified: true } },
    ...{
      properties: line.properties,
      locale: "uk",
      channel: "page",
      page: null,
      topics: ["delivery"],
      tags: line.tags,
    },
    ...{ status: "open", note: "Called.", excluded: false, flags: [], assignee: null, answered_at: null },
  };
  const records = await convertText(
    `${JSON.stringify(item)}\n${JSON.stringify({ ...item, id: "b", excluded: true })}\n`,
  );
  expect([records.plan.source, records.lines]).toEqual(["vidhuk", [line]]);
  expect(records.leftOut).toHaveLength(1);
});
