/** With `stop_after` a survey asks nobody once so many answers are counted, and keeps what is sent anyway. */
import { beforeAll, describe, expect, it } from "vitest";
import type { Metrics } from "../../../shared/schema/metrics-reply.ts";
import type { Survey } from "../../../shared/schema/survey.ts";
import type { Collector } from "../support/collector.ts";
import { ADMIN, aCollector, anId, aResponse, DAY, NOON } from "../support/collector.ts";
import { anInvitation, answerPage, invitePeople, PERSON } from "../support/links.ts";

let collector: Collector;
beforeAll(() => {
  collector = aCollector();
});

const script = async (survey: string) => (await collector.get(`/w/${survey}.js`, {})).text;
const patch = (survey: string, changes: object) => collector.request("PATCH", `/v1/surveys/${survey}`, changes, ADMIN);
const read = async (survey: string) => (await collector.get<Survey>(`/v1/surveys/${survey}`)).body;

async function full(settings: object = {}) {
  const survey = await collector.makeSurvey({ stop_after: 2, ...settings });
  const ids = [anId(), anId()];
  for (const id of ids) await collector.post(aResponse(survey, { id, nps: 9 }));
  return { survey, ids };
}

describe("a survey with enough answers", () => {
  it("asks on no page, tells its own team, and says so neither before nor without the setting", async () => {
    const survey = await collector.makeSurvey({ stop_after: 2 });
    await collector.post(aResponse(survey));
    expect(await script(survey)).not.toContain('"ends_at":');
    expect(await read(survey)).not.toHaveProperty("stopped");
    expect((await collector.get(`/s/${survey}`, {})).status).toBe(200);
    await collector.post(aResponse(survey));
    expect(await script(survey)).toContain('"ends_at":"1970-01-01T00:00:00.000Z"');
    expect(await read(survey)).toMatchObject({ stop_after: 2, stopped: true, ends_at: null });
    const { items } = (await collector.get<{ items: Survey[] }>("/v1/surveys?limit=100")).body;
    expect(items.filter(({ stopped }) => stopped).map(({ id }) => id)).toContain(survey);
    const page = await collector.get(`/s/${survey}`, {});
    expect(page.status).toBe(410);
  });

  it("keeps and counts what a page that was open sends, and lets the last be changed", async () => {
    const { survey, ids } = await full();
    const late = aResponse(survey, { nps: 0 });
    expect((await collector.post(late)).status).toBe(201);
    expect((await collector.post({ ...aResponse(survey), id: ids[1]!, nps: 9, comment: "and why" })).status).toBe(200);
    expect((await collector.get<Metrics>(`/v1/surveys/${survey}/metrics`)).body.responses).toBe(3);
  });

  it("invites nobody, closes the invitations that were not answered, and leaves the others open to a change", async () => {
    const survey = await collector.makeSurvey({ stop_after: 2 });
    const [answered, open] = [
      await anInvitation(collector, survey, "ann"),
      await anInvitation(collector, survey, "bob"),
    ];
    await answerPage(collector, answered.url, { ...PERSON, nps: "9" });
    await collector.post(aResponse(survey));
    expect((await collector.get(open.url, {})).status).toBe(410);
    expect((await collector.get(answered.url, {})).status).toBe(200);
    const more = await invitePeople(collector, survey, { respondents: ["cat"] });
    expect([more.status, more.body]).toMatchObject([409, { code: "closed" }]);
  });

  it("goes on once answers are excluded, or more are wanted", async () => {
    const { survey, ids } = await full();
    await collector.request("PATCH", `/v1/surveys/${survey}/responses/${ids[0]}`, { excluded: true }, ADMIN);
    expect(await script(survey)).not.toContain('"ends_at":');
    await collector.request("PATCH", `/v1/surveys/${survey}/responses/${ids[0]}`, { excluded: false }, ADMIN);
    expect(await script(survey)).toContain('"ends_at":');
    expect((await patch(survey, { stop_after: 3 })).body).not.toHaveProperty("stopped");
    expect((await patch(survey, { stop_after: null })).body).not.toHaveProperty("stopped");
    expect(await script(survey)).not.toContain('"ends_at":');
  });

  it("counts no test", async () => {
    const survey = await collector.makeSurvey({ stop_after: 1 });
    await collector.post(aResponse(survey, { test: true }));
    expect(await read(survey)).not.toHaveProperty("stopped");
  });
});

it("costs a row for each day with answers, and nothing where the setting is off", async () => {
  const rowsOf = async (survey: string) => {
    collector.rows.reset();
    await script(survey);
    return collector.rows.read;
  };
  const off = await collector.makeSurvey();
  const on = await collector.makeSurvey({ stop_after: 1000 });
  for (const survey of [off, on])
    for (const day of [0, 1, 2]) {
      collector.clock.now = NOON + day * DAY;
      for (let each = 0; each < 5; each++) await collector.post(aResponse(survey, { id: anId(collector.clock.now) }));
    }
  collector.clock.now = NOON;
  // The last step of a walk along an index is counted as a row too.
  expect((await rowsOf(on)) - (await rowsOf(off))).toBeLessThanOrEqual(3 + 1);
});

it.each([0, -1, 1.5, "10", 100_000_001])("refuses %j", async (stop_after) => {
  const { status, body } = await collector.request("POST", "/v1/surveys", { name: "x", stop_after }, ADMIN);
  expect([status, body.errors]).toMatchObject([422, [{ pointer: "/stop_after" }]]);
});

it.each([
  [{ plan: [] }, "/targeting/properties/plan"],
  [{ plan: "pro" }, "/targeting/properties/plan"],
  [{ plan: ["pro", "pro"] }, "/targeting/properties/plan"],
  [{ plan: [""] }, "/targeting/properties/plan/0"],
  [{ "": ["pro"] }, "/targeting/properties/"],
  [{ plan: [7] }, "/targeting/properties/plan/0"],
  [Object.fromEntries(Array.from({ length: 6 }, (_, n) => [`p${n}`, ["x"]])), "/targeting/properties"],
])("refuses targeting.properties %j", async (properties, pointer) => {
  const { status, body } = await collector.request(
    "POST",
    "/v1/surveys",
    { name: "x", targeting: { properties } },
    ADMIN,
  );
  expect([status, body.errors]).toMatchObject([422, [{ pointer }]]);
});
