/** The files of other products, read by shared/imports/ and posted: the figures are those that a person counts in the file. */
import { describe, expect, it } from "vitest";
import { OwnIds } from "../../../shared/imports/own-ids.ts";
import type { ImportPlan } from "../../../shared/imports/plan.ts";
import type { ImportReply } from "../../../shared/schema/import.ts";
import type { Person } from "../../../shared/schema/person.ts";
import { convert } from "../../shared/imports/convert.ts";
import { ADMIN, aCollector } from "../support/collector.ts";

const collector = aCollector();
const files = import.meta.glob<string>("../../shared/imports/files/*", {
  query: "?url&inline",
  import: "default",
  eager: true,
});

async function bytesOf(name: string): Promise<Uint8Array> {
  const reply = await fetch(files[`../../shared/imports/files/${name}`]!);
  return new Uint8Array(await reply.arrayBuffer());
}

async function importFile(survey: string, name: string, changes?: Partial<ImportPlan>) {
  const { lines, plan } = await convert(await bytesOf(name), changes);
  const ids = new OwnIds();
  const body = lines.map((line) => `${JSON.stringify(ids.give(line))}\n`).join("");
  const headers = { ...ADMIN, "Content-Type": "application/x-ndjson" };
  const query = `?source=${plan.source}&skip_invalid=true`;
  return (await collector.request<ImportReply>("POST", `/v1/surveys/${survey}/import${query}`, body, headers)).body;
}

/** `csat`: null where nobody answered it. `refused`: lines with scores that are not on the scale. */
const counted: [
  file: string,
  answers: { responses: number; nps: number | null; csat: number | null; refused?: number },
][] = [
  ["delighted-responses.csv", { responses: 4, nps: 33, csat: 100 }],
  ["delighted-survey-responses.json", { responses: 3, nps: 0, csat: 100 }],
  ["delighted-singer.ndjson", { responses: 1, nps: 100, csat: null }],
  ["delighted-airbyte.ndjson", { responses: 3, nps: 0, csat: null }],
  ["delighted-responses-fivetran.csv", { responses: 2, nps: 0, csat: null }],
  ["wootric-responses.json", { responses: 2, nps: 0, csat: null }],
  ["satismeter-responses.json", { responses: 2, nps: 0, csat: null }],
  ["retently-feedback.json", { responses: 2, nps: 100, csat: 0 }],
  ["asknicely-responses.csv", { responses: 2, nps: 100, csat: 100 }],
  ["formbricks-responses.csv", { responses: 2, nps: 0, csat: 100 }],
  ["posthog-events.ndjson", { responses: 2, nps: 0, csat: null }],
  ["surveymonkey.csv", { responses: 3, nps: 0, csat: 50 }],
  ["typeform.csv", { responses: 3, nps: 0, csat: 100 }],
  ["google-forms-uk.csv", { responses: 2, nps: 0, csat: 50 }],
  ["google-forms-ru.csv", { responses: 3, nps: 33, csat: null }],
  ["bitrix24-leads.csv", { responses: 2, nps: 0, csat: null }],
  ["spreadsheet-uk.csv", { responses: 3, nps: 33, csat: null, refused: 1 }],
  ["spreadsheet-en.tsv", { responses: 2, nps: 100, csat: null, refused: 1 }],
  ["spreadsheet-ru.csv", { responses: 4, nps: null, csat: 50 }],
];

describe("a file of another product", () => {
  it.each(counted)("has its own figures after the import: %s", async (name, { responses, nps, csat, refused = 0 }) => {
    const survey = await collector.makeSurvey({ timezone: "Europe/Kyiv" });
    const { after, refused_total } = await importFile(survey, name);
    expect(refused_total).toBe(refused);
    expect(after.responses).toBe(responses);
    expect(after.nps?.score ?? null).toBe(nps);
    expect(after.csat?.score ?? null).toBe(csat);
    const again = await importFile(survey, name);
    expect(again).toMatchObject({ created: 0, after });
  });

  it("has its figures by the order of day and month that the user says", async () => {
    const survey = await collector.makeSurvey();
    const { after } = await importFile(survey, "google-forms-en.csv", { dateOrder: "month_first" });
    expect(after).toMatchObject({ responses: 2, nps: { score: 0 } });
  });

  it("keeps those from being asked who have unsubscribed, and tells who was asked", async () => {
    const survey = await collector.makeSurvey();
    await importFile(survey, "delighted-singer.ndjson");
    await importFile(survey, "delighted-unsubscribes.csv");
    await importFile(survey, "asknicely-unsubscribed.json");
    const ids = ["petro@shop.example", "77002", "77008", "gone@shop.example", "stays@shop.example"];
    const invited = await collector.request<{ skipped: unknown[] }>(
      "POST",
      `/v1/surveys/${survey}/invitations`,
      { respondents: ids.map((id) => ({ id })) },
      ADMIN,
    );
    expect(invited.body.skipped).toEqual(
      ["petro@shop.example", "77008", "gone@shop.example"].map((respondent) => ({
        respondent,
        reason: "unsubscribed",
      })),
    );
    const asked = await collector.get<Person>("/v1/respondents?respondent=olena%40shop.example");
    expect(asked.body.invitations.filter((each) => each.survey === survey)).toHaveLength(1);
  });
});
