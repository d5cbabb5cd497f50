/** After random histories each figure of the API equals a plain recomputation from the raw rows. */
import fc from "fast-check";
import { expect, it } from "vitest";
import type { Metrics } from "../../shared/schema/metrics-reply.ts";
import type { Topics } from "../../shared/schema/topics.ts";
import { REST } from "../../shared/segments.ts";
import { addDays } from "../../shared/time/calendar.ts";
import type { Collector } from "./support/collector.ts";
import { ADMIN, aCollector, anId, DAY, HOUR, NOON } from "./support/collector.ts";
import type { Entry, Range } from "./support/ledger.ts";
import { figures, Ledger, within } from "./support/ledger.ts";

const fields = fc.record(
  {
    nps: fc.integer({ min: 0, max: 10 }),
    csat: fc.integer({ min: 1, max: 5 }),
    comment: fc.constantFrom("", "Доставка погана", "price and ДОСТАВКА", "the Price", "ok"),
    properties: fc.record(
      { plan: fc.constantFrom("free", "pro", "", null), department: fc.constantFrom("sales", 7, true) },
      { requiredKeys: [] },
    ),
    respondent: fc.constant({ id: "ann" }),
  },
  { requiredKeys: [] },
);
const act = fc.record({
  kind: fc.constantFrom(
    "create",
    "create",
    "create",
    "amend",
    "amend",
    "retry",
    "exclude",
    "restore",
    "erase",
    "drop",
    "declare",
    "purge",
  ),
  who: fc.nat(),
  fields,
  hoursLater: fc.integer({ min: 0, max: 60 }),
  daysBack: fc.integer({ min: 0, max: 6 }),
});
type Act = typeof act extends fc.Arbitrary<infer Value> ? Value : never;

const first = { segments: ["plan", "plan×department"], topics: {} as Record<string, string> };
const later = {
  segments: ["plan", "plan×department", "department", "channel", "channel×plan"],
  topics: { Delivery: "доставк", Price: "price" } as Record<string, string>,
};

async function live(collector: Collector, survey: string, acts: Act[]) {
  const ledger = new Ledger(survey);
  const sent: { id: string; body: object }[] = [];
  let declared = first;
  for (const { kind, who, fields, hoursLater, daysBack } of acts) {
    collector.clock.now += hoursLater * HOUR;
    const chosen = sent[who % Math.max(sent.length, 1)];
    const path = `/v1/surveys/${survey}/responses/${chosen?.id}`;
    if (kind === "create") {
      const id = anId(collector.clock.now - daysBack * DAY);
      sent.push({ id, body: { survey, id, ...fields } });
      await collector.post(sent.at(-1)?.body);
    } else if (kind === "declare") {
      declared = later;
      const topics = Object.entries(later.topics).map(([name, stem]) => ({ name, stems: [stem] }));
      const { status } = await collector.request(
        "PATCH",
        `/v1/surveys/${survey}`,
        { segments: later.segments, topics },
        ADMIN,
      );
      expect(status).toBe(200);
    } else if (kind === "purge") {
      const day = new Date(collector.clock.now - 9 * DAY).toISOString().slice(0, 10);
      await ledger.purge(day, declared.segments, declared.topics);
    } else if (chosen && kind === "amend") await collector.post({ survey, id: chosen.id, ...fields });
    else if (chosen && kind === "retry") await collector.post(chosen.body);
    else if (chosen && (kind === "exclude" || kind === "restore"))
      await collector.request("PATCH", path, { excluded: kind === "exclude" }, ADMIN);
    else if (chosen) {
      await collector.request("DELETE", `${path}${kind === "drop" ? "?score=drop" : ""}`, undefined, ADMIN);
      await ledger.foldPurged();
    }
  }
  return { entries: await ledger.entries(declared.segments, declared.topics), declared };
}

/** Every kind of question, each answer beside its plain recomputation. */
async function check(collector: Collector, survey: string, entries: Entry[], declared: typeof first) {
  const to = new Date(collector.clock.now + 6 * HOUR).toISOString().slice(0, 10);
  const range = { from: addDays(to, -30), to };
  const ask = async (query: string) =>
    (await collector.get<Metrics>(`/v1/surveys/${survey}/metrics?from=${range.from}&to=${to}${query}`)).body;
  const asked = within(entries, range);

  const series = await ask("&interval=week&rolling=12&compare=previous");
  expect(series).toMatchObject(figures(asked));
  for (const { start, end, rolling, ...point } of series.series ?? []) {
    expect(point).toEqual(figures(within(entries, { from: start, to: end })));
    expect(rolling).toEqual({
      start: addDays(end, -11),
      ...figures(within(entries, { from: addDays(end, -11), to: end })),
    });
  }
  expect(series.series?.reduce((sum, { responses }) => sum + responses, 0)).toBe(asked.length);
  const change = series.change as Range & NonNullable<Metrics["change"]>;
  const before = figures(within(entries, change));
  expect(addDays(change.to, 1)).toBe(range.from);
  if (series.nps && before.nps) expect(change.nps?.difference).toBeCloseTo(series.nps.exact - before.nps.exact, 0);
  else expect(change.nps).toBeNull();

  expect(await ask("&exclude=unverified")).toMatchObject(figures(asked.filter(({ unverified }) => !unverified)));
  for (const segment of declared.segments) {
    const { groups = [] } = await ask(`&group_by=${encodeURIComponent(segment)}`);
    for (const { value = REST, rest, ...group } of groups) {
      expect(rest).toBe(value === REST || undefined);
      expect(group).toEqual(figures(asked.filter(({ values }) => (values[segment] ?? null) === value)));
    }
    expect(groups.reduce((sum, { responses }) => sum + responses, 0)).toBe(asked.length);
    const value = groups[0]?.value ?? "none";
    const own = asked.filter(({ values }) => values[segment] === value);
    expect(await ask(`&where=${encodeURIComponent(`${segment}:${value}`)}`)).toMatchObject(figures(own));
  }
  const { topics } = (await collector.get<Topics>(`/v1/surveys/${survey}/topics?from=${range.from}&to=${to}&suggest=0`))
    .body;
  expect(topics).toHaveLength(Object.keys(declared.topics).length);
  for (const topic of topics) {
    expect(topic).toMatchObject(figures(asked.filter(({ topics: named }) => named.includes(topic.name))));
    expect(topic.without).toEqual(figures(asked.filter(({ topics: named }) => !named.includes(topic.name))));
  }
}

it("every figure equals a plain recomputation after any history, in any time zone", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(act, { minLength: 1, maxLength: 30 }),
      fc.constantFrom("UTC", "Asia/Kathmandu", "Pacific/Kiritimati", "America/St_Johns"),
      async (acts, timezone) => {
        const collector = aCollector();
        collector.clock.now = NOON - 40 * DAY;
        const survey = await collector.makeSurvey({ segments: first.segments, timezone });
        const { entries, declared } = await live(collector, survey, acts);
        await check(collector, survey, entries, declared);
      },
    ),
    { numRuns: 30 },
  );
}, 120_000);
