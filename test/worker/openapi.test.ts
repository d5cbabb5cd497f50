/** The document describes this collector and no other: each route is in it, each example is what the server answers. */
import { beforeAll, describe, expect, it } from "vitest";
import { examples } from "../../shared/schema/openapi/examples.ts";
import type { Operation } from "../../shared/schema/openapi/operation.ts";
import { operations } from "../../shared/schema/openapi/operations.ts";
import { createApp } from "../../worker/app.ts";
import type { Collector } from "./support/collector.ts";
import { ADMIN, aCollector, aResponse, DAY, NOON } from "./support/collector.ts";

/** For people, not for programs: pages, scripts and the links in mails. */
const PAGES = /^\/(w|s|r|u|widget)\//;

it("has every route of the collector, and none that it lacks", () => {
  const routes = createApp()
    .routes.filter(({ method, path }) => method !== "ALL" && !PAGES.test(path))
    .map(({ method, path }) => `${method} ${path.replace(/:(\w+)/g, "{$1}").replace(/(.)\/$/, "$1")}`);
  const documented = operations.map(({ method, path }) => `${method.toUpperCase()} ${path}`);
  expect([...new Set(routes)].sort()).toEqual([...documented].sort());
});

describe("examples", () => {
  let collector: Collector;
  let survey: string;
  const withExample = operations.filter(({ example }) => example);

  /** In this order: the response that is sent first is read, tagged and never erased. */
  beforeAll(async () => {
    collector = aCollector();
    survey = await collector.makeSurvey({
      segments: ["plan"],
      topics: [{ name: "Delivery", stems: ["deliver"] }],
      count_views: true,
    });
    collector.clock.now = NOON - 30 * DAY;
    await collector.post(
      aResponse(survey, { id: "01a168a1-da00-7000-8000-000000000002", nps: 9, properties: { plan: "pro" } }),
    );
    collector.clock.now = NOON;
  });

  it.each(withExample.map((operation) => [operation.id, operation] as const))("%s", async (id, operation) => {
    const { status, body } = await run(operation);
    expect(status).toBe(operation.status ?? 200);
    if (!operation.reply?.schema) return;
    expect(operation.reply.schema.safeParse(body).error?.issues ?? []).toEqual([]);
    expect(steady(body)).toMatchObject(examples[id] as object);
  });

  async function run({ method, path, example }: Operation) {
    const own = (text: string) => text.replaceAll("srv_example", survey);
    const filled = path.replace(/\{(\w+)\}/g, (_, name) => own(example?.path?.[name] ?? ""));
    const query = new URLSearchParams(JSON.parse(own(JSON.stringify(example?.query ?? {}))));
    const body = example?.body && JSON.parse(own(JSON.stringify(example.body)));
    return collector.request(method.toUpperCase(), `${filled}?${query}`, body, ADMIN);
  }

  /** What differs from run to run, as the examples have it. */
  function steady(body: unknown): unknown {
    const text = JSON.stringify(body).replaceAll(survey, "srv_example");
    return JSON.parse(
      text
        .replace(/"srv_[0-9a-z]{16}"/g, '"srv_another"')
        .replace(/"vhk_\w+"/g, '"vhk_…"')
        .replace(/"id":"[0-9A-Za-z]{12}"/g, '"id":"4fTz81bQx0Lm"'),
    );
  }
});
