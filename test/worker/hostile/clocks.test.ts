/** The server's own clock jumps between two requests: nothing is lost, nothing is counted twice, and no route breaks. */
import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { storeOf } from "../../../worker/db/store.ts";
import { crons, runScheduled } from "../../../worker/jobs/schedule.ts";
import { rules } from "../access/rules.ts";
import { ADMIN, aCollector, anId, aResponse, DAY, HOUR, NOON, SECRET } from "../support/collector.ts";
import { aWorld } from "../support/receivers.ts";
import { expectRecountAgrees } from "../support/recount.ts";

const jumps: [string, number, number][] = [
  ["a day back", NOON, NOON - DAY],
  ["a year ahead", NOON, NOON + 365 * DAY],
  ["a year ahead, and back", NOON + 365 * DAY, NOON],
  ["over the hour that Kyiv has twice", Date.parse("2026-10-25T00:30:00Z"), Date.parse("2026-10-25T01:30:00Z")],
  ["over the hour that Kyiv leaves out", Date.parse("2027-03-28T00:59:59Z"), Date.parse("2027-03-28T01:00:01Z")],
];

describe.each(jumps)("a clock that goes %s", (_, before, after) => {
  it("counts each response once, sent before, after, or both", async () => {
    const collector = aCollector();
    collector.clock.now = before;
    const survey = await collector.makeSurvey({ timezone: "Europe/Kyiv", segments: ["plan"] });
    const sent = { ...aResponse(survey, { nps: 3, properties: { plan: "pro" } }), id: anId(before) };
    expect((await collector.post(sent)).status).toBe(201);
    collector.clock.now = after;
    expect((await collector.post(sent)).status).toBe(200);
    // Later than its day a response is closed; either way it stays one.
    expect([200, 409]).toContain((await collector.post({ ...sent, nps: 9, rev: 2 })).status);
    const later = { ...aResponse(survey, { nps: 10, secret: SECRET }), id: anId(after) };
    expect((await collector.post(later)).status).toBe(201);
    for (const cron of Object.values(crons)) await runScheduled(storeOf(env.DB), cron, after);
    collector.clock.now = before;
    expect((await collector.post(later)).status).toBe(200);
    const rows = await env.DB.prepare("SELECT id FROM responses WHERE survey_id = ?").bind(survey).all();
    expect(rows.results).toHaveLength(2);
    await expectRecountAgrees(survey);
  });

  it("breaks no route", async () => {
    const collector = aCollector({ fetch: aWorld().fetch });
    collector.clock.now = before;
    const place = { survey: await collector.makeSurvey(), response: anId(before) };
    await collector.post(aResponse(place.survey, { id: place.response, nps: 3 }));
    for (const [route, rule] of Object.entries(rules)) {
      if (/^GET \/(w|widget)\/|^DELETE \/v1\/surveys\/:survey$/.test(route)) continue;
      const [method = "", pattern = ""] = route.split(" ");
      const path = rule.path?.(place) ?? pattern.replace(":survey", place.survey).replace(/:[a-z]+/g, place.response);
      collector.clock.now = collector.clock.now === before ? after : before;
      const reply = await collector.request(method, path, rule.body?.(place), { ...ADMIN, ...rule.headers });
      expect(reply.status, `${route}: ${reply.text.slice(0, 200)}`).toBeLessThan(500);
    }
  });
});

it("books a response on its survey's day, in the hour that a day has twice as in any other", async () => {
  const collector = aCollector();
  const survey = await collector.makeSurvey({ timezone: "Europe/Kyiv" });
  const dayOf = async (instant: string) => {
    collector.clock.now = Date.parse(instant);
    const id = anId(collector.clock.now);
    await collector.post(aResponse(survey, { id, nps: 9 }));
    return env.DB.prepare("SELECT day FROM responses WHERE id = ?").bind(id).first("day");
  };
  // 25 October 2026 has 25 hours in Kyiv: from 21:00 UTC of the day before to 22:00 UTC.
  expect(await dayOf("2026-10-24T20:59:59Z")).toBe("2026-10-24");
  expect(await dayOf("2026-10-24T21:00:00Z")).toBe("2026-10-25");
  expect(await dayOf(new Date(Date.parse("2026-10-24T21:00:00Z") + 25 * HOUR - 1000).toISOString())).toBe("2026-10-25");
  expect(await dayOf("2026-10-25T22:00:00Z")).toBe("2026-10-26");
});
