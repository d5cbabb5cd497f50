/**
 * Every operation of the API with values made from its own shapes and against them: never a 5xx, never a row on a refusal,
 * never a reply that takes a quarter of a second. A failure prints its seed; for a longer look raise RUNS.
 */
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { openApiDocument } from "../../../shared/schema/openapi/document.ts";
import { hostileStrings } from "../../support/hostile-strings.ts";
import type { Collector } from "../support/collector.ts";
import { ADMIN, aCollector, anId } from "../support/collector.ts";
import { registeredRoutes } from "../support/routes.ts";
import type { Schema } from "./arbitrary.ts";
import { anyJson, fitting, nearly } from "./arbitrary.ts";

const RUNS = 25;

let collector: Collector;

beforeAll(() => {
  collector = aCollector();
});

const hostile = fc.constantFrom(...Object.values(hostileStrings));

type Described = {
  parameters: { name: string; in: string; schema: Schema }[];
  requestBody?: { content: Record<string, { schema: Schema }> };
  security?: unknown[];
};

/** The document is made from the schemas that the routes use; the test below checks that no route is missing. */
const { paths } = openApiDocument() as { paths: Record<string, Record<string, Described>> };
const operations = Object.entries(paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, described]) => ({ method, path, ...described })),
);

describe.each(
  operations.map((operation) => [`${operation.method.toUpperCase()} ${operation.path}`, operation] as const),
)("%s", (_, { method, path, parameters, requestBody, security }) => {
  const [type, content] = Object.entries(requestBody?.content ?? {})[0] ?? [];
  const body = content?.schema;
  const query: Schema = {
    type: "object",
    properties: Object.fromEntries(
      parameters.filter((each) => each.in === "query").map(({ name, schema }) => [name, schema]),
    ),
  };

  it("answers whatever it is sent", async () => {
    const survey = await collector.makeSurvey({ segments: ["plan"], count_views: true });
    const response = anId();
    await collector.post({ survey, id: response, nps: 3, comment: "slow" });
    const asked = fc.record({
      survey: fc.oneof({ weight: 5, arbitrary: fc.constant(survey) }, { weight: 1, arbitrary: hostile }),
      other: fc.oneof(fc.constant(response), hostile, fc.uuid(), fc.constant(anId())),
      query: fc.oneof(fitting(query), nearly(query)),
      body: body ? fc.oneof(fitting(body), nearly(body)) : fc.oneof(fc.constant(undefined), anyJson),
      key: fc.constantFrom(ADMIN, ...(security ? [{}] : [ADMIN])),
    });
    await fc.assert(
      fc.asyncProperty(asked, async (each) => {
        const address = addressOf(path, each, survey);
        const sent = method === "get" ? undefined : aimed(each.body, survey);
        const headers = { ...each.key, Origin: "http://localhost", ...(type && { "Content-Type": type }) };
        collector.rows.reset();
        const started = performance.now();
        const reply = await collector.request(method.toUpperCase(), address, sent, headers);
        const took = performance.now() - started;
        expect(reply.status, reply.text.slice(0, 300)).toBeLessThan(500);
        if (reply.status >= 400) expect(collector.rows.written, `${reply.status} wrote`).toBe(0);
        if (took > 250) expect(await again(method, address, sent, headers)).toBeLessThan(250);
      }),
      { numRuns: RUNS },
    );
  });
});

it("knows of every route that takes JSON", () => {
  const described = operations.map(
    ({ method, path }) => `${method.toUpperCase()} ${path.replace(/\{(\w+)\}/g, ":$1")}`,
  );
  const routes = registeredRoutes().filter((route) => route.includes(" /v1/"));
  const same = (route: string) => route.replace(/:\w+/g, ":");
  expect(routes.filter((route) => !described.map(same).includes(same(route)))).toEqual([]);
});

/** The body about the survey that is there: what is refused for an unknown survey is not looked at any further. */
function aimed(body: unknown, survey: string): unknown {
  if (typeof body !== "object" || body === null || Array.isArray(body) || !("survey" in body)) return body;
  return {
    ...body,
    survey,
    ...("id" in body && typeof body.id === "string" && /^[0-9a-f-]{36}$/.test(body.id) && { id: anId() }),
  };
}

function addressOf(path: string, asked: { survey: string; other: string; query: unknown }, survey: string): string {
  const filled = path
    .replace("{survey}", encodeURIComponent(asked.survey.toWellFormed()))
    .replace(/\{\w+\}/g, encodeURIComponent(asked.other.toWellFormed()));
  const query = typeof asked.query === "object" && asked.query !== null ? Object.entries(asked.query) : [];
  const text = (value: unknown) => (typeof value === "string" ? value : (JSON.stringify(value) ?? "")).toWellFormed();
  const search = new URLSearchParams(query.map(([name, value]) => [name.toWellFormed(), text(value)]));
  if (search.has("survey")) search.set("survey", survey);
  // The stream is read to its end: no longer than it takes to begin.
  if (path.endsWith("/live")) search.set("for", "0");
  return `${filled}?${search}`;
}

/** The fastest of three more, in ms: the machine may be busy, and what is slow each time is slow. */
async function again(method: string, address: string, body: unknown, headers: Record<string, string>): Promise<number> {
  let fastest = Number.POSITIVE_INFINITY;
  for (let time = 0; time < 3; time++) {
    const started = performance.now();
    await collector.request(method.toUpperCase(), address, body, headers);
    fastest = Math.min(fastest, performance.now() - started);
  }
  return fastest;
}
