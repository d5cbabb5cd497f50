/** A case: an unhappy person, who takes care of them, and how soon they were answered. */
import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import type { AuditItem } from "../../../shared/schema/audit.ts";
import type { ResponseItem } from "../../../shared/schema/comment.ts";
import type { Metrics } from "../../../shared/schema/metrics-reply.ts";
import type { ResponsePatchInput } from "../../../shared/schema/response.ts";
import { ADMIN, aCollector, anId, aResponse, DAY, HOUR, NOON } from "../support/collector.ts";

const collector = aCollector();
let survey = "";

beforeEach(async () => {
  collector.clock.now = NOON;
  survey = await collector.makeSurvey();
});

const path = (id: string) => `/v1/surveys/${survey}/responses/${id}`;

async function sent(fields: object): Promise<string> {
  const response = aResponse(survey, { id: anId(collector.clock.now), ...fields });
  await collector.post(response);
  return response.id;
}

const patch = async (id: string, body: ResponsePatchInput) =>
  collector.request<ResponseItem>("PATCH", path(id), body, ADMIN);

const cases = async (query = "") => (await collector.get<Metrics>(`/v1/surveys/${survey}/metrics?${query}`)).body.cases;

const hoursLater = (hours: number) => {
  collector.clock.now = NOON + hours * HOUR;
};

describe("a person is answered", () => {
  it("when a reply is first recorded, whatever comes later", async () => {
    const id = await sent({ nps: 2 });
    hoursLater(3);
    const answered_at = "2026-11-22T15:00:00.000Z";
    expect((await patch(id, { answered: true })).body).toMatchObject({ status: "open", answered_at });
    hoursLater(7);
    expect((await patch(id, { answered: true, status: "resolved" })).body).toMatchObject({ answered_at });
    expect((await patch(id, { status: "in_work" })).body).toMatchObject({ status: "in_work", answered_at });
  });

  it("or when the case is resolved, until it is opened again", async () => {
    const id = await sent({ nps: 2 });
    hoursLater(5);
    expect((await patch(id, { status: "in_work" })).body.answered_at).toBeNull();
    expect((await patch(id, { status: "resolved" })).body.answered_at).toBe("2026-11-22T17:00:00.000Z");
    expect(await cases()).toMatchObject({ answered: { count: 1 }, median_hours: 5 });
    hoursLater(6);
    expect((await patch(id, { status: "open" })).body.answered_at).toBeNull();
    expect(await cases()).toMatchObject({ answered: { count: 0 }, median_hours: null });
    hoursLater(9);
    expect((await patch(id, { status: "resolved" })).body.answered_at).toBe("2026-11-22T21:00:00.000Z");
  });

  it("not any more, when a reply recorded by mistake is taken back", async () => {
    const id = await sent({ nps: 2 });
    await patch(id, { answered: true });
    expect((await patch(id, { answered: false })).body.answered_at).toBeNull();
    // What is resolved is answered, whether or not a reply was recorded.
    await patch(id, { status: "resolved", answered: false });
    expect((await patch(id, { answered: false })).body.answered_at).toBe("2026-11-22T12:00:00.000Z");
  });
});

describe("the figures of cases", () => {
  it("count whoever gave a low score to any question once, and how soon they were answered", async () => {
    expect(await cases()).toBeUndefined();
    await sent({ nps: 9, csat: 5 });
    expect(await cases()).toBeUndefined();
    const ids = [];
    for (const fields of [{ nps: 0, csat: 1 }, { nps: 6 }, { csat: 2 }, { nps: 10, csat: 1 }])
      ids.push(await sent(fields));
    await patch(await sent({ nps: 9 }), { status: "resolved" });
    for (const [index, hours] of [1, 4.5, 26].entries()) {
      hoursLater(hours);
      await patch(ids[index]!, { answered: true });
    }
    expect(await cases("group_by=flagged")).toEqual({
      unhappy: 4,
      answered: { count: 3, percent: 75, exact: 75 },
      within_24h: { count: 2, percent: 67, exact: 66.7 },
      median_hours: 5,
    });
    for (const narrowed of ["where=flagged:true", "exclude=flagged"]) expect(await cases(narrowed)).toBeUndefined();
  });

  it("belong to the day on which the person answered, and to all surveys asked for as one", async () => {
    const first = survey;
    const id = await sent({ nps: 1 });
    hoursLater(30);
    await patch(id, { answered: true });
    await sent({ nps: 1 });
    expect(await cases("from=2026-11-22&to=2026-11-22")).toMatchObject({ unhappy: 1, answered: { count: 1 } });
    expect(await cases("from=2026-11-23&to=2026-11-23")).toMatchObject({ unhappy: 1, answered: { count: 0 } });
    survey = await collector.makeSurvey();
    await patch(await sent({ csat: 1 }), { status: "resolved" });
    const { body } = await collector.get<Metrics>(`/v1/metrics?survey=${first}&survey=${survey}`);
    expect(body.cases).toMatchObject({ unhappy: 3, answered: { count: 2 }, within_24h: { count: 1 }, median_hours: 1 });
  });

  it("follow a score that the person changes, and a response that is taken out, put back or erased", async () => {
    const response = aResponse(survey, { nps: 3, rev: 1 });
    await collector.post(response);
    await patch(response.id, { answered: true });
    const counted = { unhappy: 1, answered: { count: 1 } };
    await collector.post({ ...response, nps: 9, rev: 2 });
    expect(await cases()).toBeUndefined();
    await collector.post({ ...response, nps: 4, rev: 3 });
    expect(await cases()).toMatchObject(counted);
    await patch(response.id, { excluded: true });
    expect(await cases()).toBeUndefined();
    await patch(response.id, { excluded: false });
    await collector.request("DELETE", path(response.id), undefined, ADMIN);
    expect(await cases()).toMatchObject(counted);
    await collector.request("DELETE", `${path(response.id)}?score=drop`, undefined, ADMIN);
    expect(await cases()).toBeUndefined();
  });

  it("are new for whoever asks again with the old ETag", async () => {
    const id = await sent({ nps: 3 });
    const metrics = `/v1/surveys/${survey}/metrics`;
    const etag = (await collector.get(metrics)).headers.get("ETag")!;
    const again = () => collector.get(metrics, { ...ADMIN, "If-None-Match": etag });
    await patch(id, { assignee: "Olena", status: "in_work" });
    expect((await again()).status).toBe(304);
    await patch(id, { answered: true });
    expect((await again()).status).toBe(200);
  });

  it("know of what a Worker of the version before resolves and opens again", async () => {
    const id = await sent({ nps: 3 });
    const older = (status: string) =>
      env.DB.prepare("UPDATE responses SET status = ?1, updated_at = ?2 WHERE id = ?3")
        .bind(status, NOON + 2 * HOUR, id)
        .run();
    await older("resolved");
    expect(await cases()).toMatchObject({ answered: { count: 1 }, median_hours: 2 });
    await older("open");
    expect(await cases()).toMatchObject({ answered: { count: 0 } });
    hoursLater(4);
    expect((await patch(id, { status: "resolved" })).body.answered_at).toBe("2026-11-22T16:00:00.000Z");
    expect(await cases()).toMatchObject({ answered: { count: 1 }, median_hours: 4 });
  });
});

describe("whoever takes care of a response", () => {
  it("is any name, can be taken off, and filters the lists", async () => {
    const [first, second] = [await sent({ nps: 2, comment: "a" }), await sent({ nps: 2, comment: "b" })];
    await patch(first, { assignee: " Олена К. " });
    expect((await patch(second, { assignee: "Max" })).body.assignee).toBe("Max");
    const find = async (list: string, name: string) => {
      const query = `assignee=${encodeURIComponent(name)}`;
      return (await collector.get<{ items: ResponseItem[] }>(`/v1/surveys/${survey}/${list}?${query}`)).body.items.map(
        ({ id }) => id,
      );
    };
    for (const list of ["comments", "responses"]) expect(await find(list, "Олена К.")).toEqual([first]);
    for (const nobody of [null, "", "  "]) {
      await patch(second, { assignee: "Max" });
      expect((await patch(second, { assignee: nobody })).body.assignee).toBeNull();
    }
    expect(await find("comments", "Max")).toEqual([]);
  });

  it("is suggested to whoever assigns the next one, from the names in use", async () => {
    const ids = [await sent({ nps: 2 }), await sent({ nps: 9 }), await sent({ csat: 3 }), await sent({ nps: 1 })];
    for (const [index, assignee] of ["Олена", "Max", "Олена", "Zoe"].entries()) await patch(ids[index]!, { assignee });
    await patch(ids[3]!, { assignee: null });
    expect((await collector.get(`/v1/surveys/${survey}/assignees`)).body).toEqual({ items: ["Max", "Олена"] });
  });

  it.each([
    [{ assignee: "x".repeat(81) }, "/assignee", "must be at most 80 characters"],
    [{ assignee: 7 }, "/assignee", "must be a string"],
    [{ status: "new" }, "/status", "must be open, in_work or resolved"],
    [{ answered: "yes" }, "/answered", "must be true or false"],
    [{}, "", "must have tags, status, assignee, answered, note or excluded"],
  ])("refuses %j and says why", async (body, pointer, detail) => {
    const reply = await collector.request("PATCH", path(await sent({ nps: 2 })), body, ADMIN);
    expect(reply).toMatchObject({ status: 422, body: { errors: [{ pointer, detail }] } });
  });

  it("goes when the response is erased, and stays out of it", async () => {
    const id = await sent({ nps: 2, comment: "a", respondent: { id: "ann" } });
    await patch(id, { assignee: "Olena", answered: true });
    const { body } = await collector.get<{ items: object[] }>("/v1/respondents/ann");
    expect(body.items).toMatchObject([{ assignee: "Olena", answered_at: "2026-11-22T12:00:00.000Z" }]);
    await collector.request("DELETE", path(id), undefined, ADMIN);
    for (const body of [{ assignee: "Olena" }, { answered: true }, { status: "in_work" as const }])
      expect((await patch(id, body)).status).toBe(409);
    const row = await env.DB.prepare("SELECT assignee FROM responses WHERE id = ?").bind(id).first();
    expect(row).toEqual({ assignee: null });
  });

  it("stands in every export, at the end of a line", async () => {
    const id = await sent({ nps: 2 });
    hoursLater(1);
    await patch(id, { assignee: "Olena", status: "in_work", answered: true });
    const list = (type: string) => collector.get(`/v1/surveys/${survey}/responses`, { ...ADMIN, Accept: type });
    const [head, line] = (await list("text/csv")).text.split("\r\n");
    expect(head).toMatch(/,assignee,answered_at$/);
    expect(line).toMatch(/,in_work,.*,Olena,2026-11-22T13:00:00.000Z$/);
    expect(JSON.parse((await list("application/x-ndjson")).text)).toMatchObject({
      assignee: "Olena",
      answered_at: "2026-11-22T13:00:00.000Z",
    });
  });
});

it("the log says what was done with a case, and never by which words", async () => {
  const id = await sent({ nps: 2 });
  for (const body of [{ assignee: "Olena" }, { status: "in_work" as const }, { answered: true }, { answered: false }]) {
    await patch(id, body);
    collector.clock.now += 1000;
  }
  const { body } = await collector.get<{ items: AuditItem[] }>("/v1/audit?limit=100");
  const done = body.items.filter(({ target }) => target === id);
  expect(done.map(({ detail }) => detail)).toEqual([["not answered"], ["answered"], ["status"], ["assignee"]]);
});

it("the counters of cases stay when retention deletes the responses", async () => {
  await collector.request("PATCH", `/v1/surveys/${survey}`, { retention_days: 30 }, ADMIN);
  await patch(await sent({ nps: 2 }), { status: "resolved" });
  await env.DB.prepare("DELETE FROM responses WHERE survey_id = ?").bind(survey).run();
  collector.clock.now = NOON + 40 * DAY;
  expect(await cases("from=2026-11-01")).toMatchObject({ unhappy: 1, answered: { count: 1 } });
});
