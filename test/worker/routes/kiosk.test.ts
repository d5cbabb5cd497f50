/** What a tablet sends, later and again: each answer once, at the time at which it was given. */
import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";
import type { ResponseItem } from "../../../shared/schema/comment.ts";
import type { Page } from "../../../shared/schema/paging.ts";
import type { Collector } from "../support/collector.ts";
import { aCollector, anId, DAY, HOUR, NOON } from "../support/collector.ts";

let collector: Collector;
beforeAll(() => {
  collector = aCollector();
});

const stampIn = (page: string) => /name="stamp" value="([^"]+)"/.exec(page)![1]!;

async function aTablet() {
  const survey = await collector.makeSurvey();
  const path = `/s/${survey}?kiosk=1`;
  const stamp = async () => stampIn((await collector.get(path, {})).text);
  const post = async (fields: Record<string, string>) => {
    const body = new URLSearchParams({ kiosk: "1", js: "1", proof: "2", tick: "1", ...fields }).toString();
    const headers = { "Content-Type": "application/x-www-form-urlencoded", Accept: "application/json" };
    return collector.request<{ stored: boolean; reason?: string }>("POST", `/s/${survey}`, body, headers);
  };
  const stored = async () =>
    (await collector.get<Page<ResponseItem>>(`/v1/surveys/${survey}/responses`)).body.items.map(
      ({ id, nps, created_at }) => ({ id, nps, at: Date.parse(created_at) }),
    );
  return { survey, stamp, post, stored };
}

describe("an answer of a tablet", () => {
  it("counts once however often and with whichever stamp it comes, at the time in its id", async () => {
    const { stamp, post, stored } = await aTablet();
    const first = { stamp: await stamp(), answer: anId(NOON - HOUR), nps: "9" };
    expect(await post(first)).toMatchObject({ status: 201, body: { stored: true } });
    expect(await post(first)).toMatchObject({ status: 200, body: { stored: true } });
    expect(await post({ ...first, stamp: await stamp() })).toMatchObject({ status: 200 });
    const [only, ...others] = await stored();
    expect(others).toEqual([]);
    expect(only).toMatchObject({ nps: 9, at: NOON - HOUR });
    expect(only?.id).not.toBe(first.answer);
    expect(await post({ ...first, answer: anId(NOON - HOUR + 1) })).toMatchObject({ status: 201 });
  });

  it("is changed by nobody: neither under its own id nor under the id that lists show", async () => {
    const { stamp, post, stored } = await aTablet();
    const sent = { stamp: await stamp(), answer: anId(NOON), nps: "9" };
    await post(sent);
    const id = (await stored())[0]!.id;
    await post({ ...sent, nps: "0" });
    expect((await stored()).map(({ nps }) => nps)).toEqual([9]);
    await post({ ...sent, answer: id, nps: "0" });
    expect((await stored()).find((each) => each.id === id)?.nps).toBe(9);
  });

  it.each([
    ["years back", NOON - 3000 * DAY],
    ["a day ahead", NOON + DAY],
  ])("counts once and today from a tablet whose clock is %s", async (_, clock) => {
    const { stamp, post, stored } = await aTablet();
    const sent = { stamp: await stamp(), answer: anId(clock), nps: "9" };
    expect((await post(sent)).status).toBe(201);
    expect((await post(sent)).status).toBe(200);
    expect((await stored()).map(({ at }) => at)).toEqual([NOON]);
  });

  it("is told what to do about a stamp that is no good, and what will never be stored", async () => {
    const { stamp, post, stored } = await aTablet();
    const answer = anId(NOON);
    expect(await post({ stamp: "x.y", answer, nps: "9" })).toMatchObject({
      status: 422,
      body: { stored: false, reason: "stale" },
    });
    expect((await post({ stamp: await stamp(), answer })).body).toEqual({ stored: false, reason: "choose_first" });
    expect((await post({ stamp: await stamp(), answer, nps: "9", js: "2", proof: "" })).body).toEqual({
      stored: false,
      reason: "tick_note",
    });
    expect(await stored()).toEqual([]);
  });

  it("writes the two rows of any answer", async () => {
    const { survey, stamp, post } = await aTablet();
    const mark = await stamp();
    collector.clock.now += 5000;
    await post({ stamp: mark, answer: anId(NOON + 1), nps: "9" });
    collector.rows.reset();
    await post({ stamp: mark, answer: anId(NOON + 2), nps: "9" });
    expect(collector.rows.written).toBeLessThanOrEqual(2);
    const { results } = await env.DB.prepare("SELECT 1 FROM responses WHERE survey_id = ?").bind(survey).all();
    expect(results).toHaveLength(2);
  });
});
